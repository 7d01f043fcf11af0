-- Errors as values: a call that fails returns its error as JSON, in the form of the call contract, until
-- pglambda.invoke raises it. So CONTEXT names what was called and none of the parts, and a batch can list the errors of
-- its items.

-- pglambda_private.error(code, message, detail, hint): a reply that is an error. Nulls are left out.
create or replace function pglambda_private.error(code text, message text, detail text, hint text)
    returns jsonb
    language sql
    stable
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
            format('An operator enables it with: select pglambda.enable(%L);', name));
    end if;
    return null;
end
$$;
comment on function pglambda_private.refusal(text, pglambda.functions) is 'The error for a name that cannot be called.';

-- pglambda_private.busy(target, waited_ms): the error for a call that found no place within the function's
-- max_concurrency.
create or replace function pglambda_private.busy(target pglambda.functions, waited_ms integer)
    returns jsonb
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select pglambda_private.error(
        '39000', format('function %L is busy: there was no place among its %s concurrent calls for %s ms',
                        target.name, target.max_concurrency, waited_ms),
        'Nothing was called.',
        'Call again later. If this lasts, an operator raises max_concurrency with pglambda.register, and the '
        'concurrency of the function with it.')
$$;
comment on function pglambda_private.busy(pglambda.functions, integer) is 'The error for a call that found no place.';

-- pglambda_private.is_operator(): whether the user who logged in may know how the functions are run: their ARNs, and
-- what AWS says of them. Those who install the bundle may, too.
create or replace function pglambda_private.is_operator()
    returns boolean
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select pg_has_role(session_user, 'pglambda_operator', 'member')
           or pg_has_role(session_user, 'pglambda_owner', 'member')
$$;
comment on function pglambda_private.is_operator() is 'Whether the user may know what AWS says of functions.';

-- pglambda_private.outcome(name, reply): one reply, or one entry of a batch's results, in the form of the call
-- contract: an object with a result, or with an error that can be raised. An error becomes 38000 when its SQLSTATE is
-- not one of an error, or is one of those that say something of the session or the server: connection pools drop a
-- healthy connection for them, and "others" does not catch all. A reply that is neither becomes 38000, too.
create or replace function pglambda_private.outcome(name text, reply jsonb)
    returns jsonb
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    error constant jsonb := reply -> 'error';
    code text;
    detail text;
begin
    if jsonb_typeof(error) = 'object' then
        code := error ->> 'sqlstate';
        detail := nullif(error ->> 'detail', '');
        if code is null or code !~ '^[0-9A-Z]{5}$' or code ~ '^(0[0-2]|08|0A|25|2D|3B|57|58|XX|F0|P0004)' then
            detail := concat_ws(
                E'\n', detail, format('The function gave %s as SQLSTATE.', quote_nullable(left(code, 20))));
            code := '38000';
        end if;
        return pglambda_private.error(
            code,
            coalesce(nullif(error ->> 'message', ''), format('function %L gave an error without a message', name)),
            detail, nullif(error ->> 'hint', ''));
    elsif jsonb_typeof(reply) = 'object' and reply ? 'result' then
        return case when error is null then reply else reply - 'error' end;     -- "error": null means no error
    end if;
    return pglambda_private.error(
        '38000', format('function %L did not reply with a result or an error', name),
        case when pglambda_private.is_operator() then
            format('It replied: %s', coalesce(left(reply::text, 200), 'nothing')) end,
        'Check that the registry names the right function, and that the function runs a pglambda handler.');
end
$$;
comment on function pglambda_private.outcome(text, jsonb) is 'A reply in the form of the call contract.';
