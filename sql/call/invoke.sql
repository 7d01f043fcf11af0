-- pglambda.invoke(name, data, options): one synchronous call of a registered function with one item. Returns the
-- result. NULL data gives NULL without a call; JSON null is an item.
-- Raises P0002 not registered, 39000 not run, 39L01 called without an answer, 38000 failed, 54000 too large, and the
-- error that the function returns. DETAIL and HINT are never empty: where the error has none, they say which call it
-- was.
-- Callers: pglambda_operator, the wrappers.
create or replace function pglambda.invoke(name text, data jsonb, options jsonb default null)
    returns jsonb
    language plpgsql
    volatile cost 10000         -- the planner evaluates it after every ordinary condition
    security definer            -- only pglambda_owner may use aws_lambda
    set search_path = pg_catalog, pg_temp
as $$
declare
    call_id constant text := gen_random_uuid();
    target pglambda.functions;
    reply jsonb;
    error jsonb;
begin
    if data is null then
        return null;
    end if;
    select f.* into target from pglambda.functions f where f.name = invoke.name;
    reply := pglambda_private.refusal(name, target);
    if reply is null then
        reply := pglambda_private.outcome(
            name, pglambda_private.call(target, call_id, 'data', data::json, options, null));
    end if;
    error := reply -> 'error';
    if error is null then
        return reply -> 'result';
    end if;
    -- RAISE stands here: CONTEXT would name a function of its own.
    raise exception using
        errcode = error ->> 'sqlstate',
        message = error ->> 'message',
        detail = coalesce(error ->> 'detail', format('Function %s raised this error.', quote_nullable(name))),
        hint = coalesce(error ->> 'hint', format('Look for call %s in the function''s log.', call_id));
end
$$;
comment on function pglambda.invoke(text, jsonb, jsonb) is
    'Calls a registered function with one item and returns its result, or raises its error.';
