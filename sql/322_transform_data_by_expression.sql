-- transform_data(data, expression, bindings): the value of a JSONata expression for the item, by the function transform.
-- NULL data gives NULL without a call.
-- Raises 22004 when expression is NULL, 22023 when it is not one, and what pglambda.invoke raises.
-- Callers: pglambda_invoker.
create or replace function transform_data(data jsonb, expression text, bindings jsonb default null)
    returns jsonb
    language plpgsql
    volatile cost 10000         -- the planner then evaluates it after every ordinary condition
    security definer            -- callers need no right on schema lambda
    set search_path = pg_catalog, pg_temp
as $$
begin
    return pglambda.invoke('transform', data, pglambda_private.expression_options(expression, bindings, 'transform_data'));
end
$$;
comment on function transform_data(jsonb, text, jsonb) is
    'The value of a JSONata expression for an item, with variables, by the function transform.';
