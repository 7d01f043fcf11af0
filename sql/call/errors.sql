-- Errors as values: a call that fails returns its error as JSON, in the form of the call contract, until
-- pglambda.invoke raises it. So CONTEXT names what was called and none of the parts, and a batch can list the errors of
-- its items.

-- pglambda_private.error(code, message, detail, hint): a reply that is an error. Nulls are left out.
create or replace function pglambda_private.error(code text, message text, detail text, hint text)
    returns jsonb
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select jsonb_build_object('error', jsonb_strip_nulls(jsonb_build_object(
        'sqlstate', code, 'message', message, 'detail', detail, 'hint', hint)))
$$;
comment on function pglambda_private.error(text, text, text, text) is 'A reply that is an error.';

-- pglambda_private.refusal(name, target): the error for a name that cannot be called, or null. target is the row of the
-- registry, if there is one. P0002 when the function is not registered, 39000 when it is disabled.
create or replace function pglambda_private.refusal(name text, target pglambda.functions)
    returns jsonb
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if target.name is null then
        return pglambda_private.error(
            'P0002', format('function %s is not registered', quote_nullable(name)), 'Nothing was called.',
            format('An operator adds it with: select pglambda.register(%s, ''<function name or ARN>'');',
                   quote_nullable(name)));
    elsif not target.enabled then
        return pglambda_private.error(
            '39000', format('function %L is disabled', name), 'Nothing was called.',
            'An operator enables it with pglambda.register.');
    end if;
    return null;
end
$$;
comment on function pglambda_private.refusal(text, pglambda.functions) is 'The error for a name that cannot be called.';
