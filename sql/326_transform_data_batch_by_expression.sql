-- transform_data_batch(items, expression, bindings): the values of a JSONata expression for the items.
-- A row for each item, in their order; a NULL item gives a row of NULLs.
-- Raises 22004 when expression is NULL, 22023 when it is not one, and what lambda.invoke_batch raises.
-- Callers: lambda_invoker.
create or replace function transform_data_batch(items jsonb[], expression text, bindings jsonb default null)
    returns table (ordinality bigint, result jsonb, error jsonb)
    language plpgsql
    volatile cost 10000 rows 1000
    security definer            -- callers need no right on schema lambda
    set search_path = pg_catalog, pg_temp
as $$
begin
    if expression is null then
        raise null_value_not_allowed using
            message = 'an expression is needed, and it is NULL',
            hint = 'Call transform_data_batch with the data alone to transform it without one.';
    end if;
    return query
        select b.*
          from lambda.invoke_batch('transform', items, jsonb_build_object('expression', expression)
            || case when bindings is null then '{}' else jsonb_build_object('bindings', bindings) end) b;
end
$$;
comment on function transform_data_batch(jsonb[], text, jsonb) is
    'The values of a JSONata expression for items, with variables, by the function transform.';
