-- transform_data_batch(items, expression, bindings): the values of a JSONata expression for the items.
-- A row for each item, in their order; a NULL item gives a row of NULLs.
-- Raises 22004 when expression is NULL, 22023 when it is not one, and what pglambda.invoke_batch raises.
-- Callers: pglambda_invoker.
create or replace function transform_data_batch(items jsonb[], expression text, bindings jsonb default null)
    returns table (ordinality bigint, result jsonb, error jsonb)
    language plpgsql
    volatile cost 10000 rows 1000
    security definer            -- callers need no right on schema lambda
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query
        select b.*
          from pglambda.invoke_batch(
                   'transform', items, pglambda_private.expression_options(expression, bindings, 'transform_data_batch')) b;
end
$$;
comment on function transform_data_batch(jsonb[], text, jsonb) is
    'The values of a JSONata expression for items, with variables, by the function transform.';
