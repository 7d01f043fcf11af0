-- pglambda_private.refusal(name, target): the error for a name that cannot be called, or null. target is its row, if it has one.
-- P0002 when it is not registered, 39000 when it is disabled.
-- Callers: private; every form of call.
create or replace function pglambda_private.refusal(name text, target pglambda.functions)
    returns jsonb
    language plpgsql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if target.name is null then
        return pglambda_private.error(
            'P0002', format('function %s is not registered', quote_nullable(name)), null,
            format('An operator adds it with: select pglambda.register(%s, ''<function name or ARN>'');',
                   quote_nullable(name)));
    elsif not target.enabled then
        return pglambda_private.error(
            '39000', format('function %L is disabled', name), null,
            'An operator enables it in pglambda.functions, with pglambda.register.');
    end if;
    return null;
end
$$;
comment on function pglambda_private.refusal(text, pglambda.functions) is 'Private: the error for a name that cannot be called.';
