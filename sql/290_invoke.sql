-- pglambda.invoke(name, data, options): one synchronous call of a registered function with one item; its result.
-- NULL data gives NULL without a call; JSON null is an item like any other.
-- Raises P0002 not registered, 39000 not callable, 38000 failed, 54000 too large, and what error the function returns.
-- Callers: pglambda_operator, the wrappers.
create or replace function pglambda.invoke(name text, data jsonb, options jsonb default null)
    returns jsonb
    language plpgsql
    volatile cost 10000         -- the planner then evaluates it after every ordinary condition
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
            name, pglambda_private.call(target, call_id, pglambda_private.request(target, call_id, 'data', data::json, options)));
    end if;
    error := reply -> 'error';
    -- RAISE takes no null option, and an empty one would print an empty line. It stands here and not in a function of
    -- its own, which every CONTEXT would name.
    if error is null then
        return reply -> 'result';
    elsif error ? 'detail' and error ? 'hint' then
        raise exception using errcode = error ->> 'sqlstate', message = error ->> 'message',
                              detail = error ->> 'detail', hint = error ->> 'hint';
    elsif error ? 'detail' then
        raise exception using errcode = error ->> 'sqlstate', message = error ->> 'message',
                              detail = error ->> 'detail';
    elsif error ? 'hint' then
        raise exception using errcode = error ->> 'sqlstate', message = error ->> 'message', hint = error ->> 'hint';
    else
        raise exception using errcode = error ->> 'sqlstate', message = error ->> 'message';
    end if;
end
$$;
comment on function pglambda.invoke(text, jsonb, jsonb) is
    'Calls a registered function with one item and returns its result, or raises its error.';
