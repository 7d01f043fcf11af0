-- lambda.invoke(name, data, options): one synchronous call of a registered function with one item; its result.
-- NULL data gives NULL without a call; JSON null is an item like any other.
-- Raises P0002 not registered, 39000 not callable, 38000 failed, 54000 too large, and any error that the function returns.
-- Callers: lambda_operator, the wrappers.
create or replace function lambda.invoke(name text, data jsonb, options jsonb default null)
    returns jsonb
    language plpgsql
    volatile cost 10000         -- the planner then evaluates it after every ordinary condition
    security definer            -- only lambda_owner may use aws_lambda
    set search_path = pg_catalog, pg_temp
as $$
declare
    call_id constant uuid := gen_random_uuid();
    target lambda.functions;
begin
    if data is null then
        return null;
    end if;
    target := lambda.target(name);
    return lambda.result(name, lambda.call(target, call_id, lambda.request(target, call_id, 'data', data::json, options)));
end
$$;
comment on function lambda.invoke(text, jsonb, jsonb) is
    'Calls a registered function with one item and returns its result, or raises its error.';
