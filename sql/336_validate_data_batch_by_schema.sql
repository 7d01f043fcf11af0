-- validate_data_batch(items, schema): says what of the items a JSON Schema does not allow.
-- A row for each item, in their order; a NULL item gives a row of NULLs.
-- Raises 22004 when schema is NULL, 22023 when it is not one, and what pglambda.invoke_batch raises.
-- Callers: pglambda_invoker.
create or replace function validate_data_batch(items jsonb[], schema jsonb)
    returns table (ordinality bigint, result jsonb, error jsonb)
    language plpgsql
    volatile cost 10000 rows 1000
    security definer            -- callers need no right on schema lambda
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query
        select b.*
          from pglambda.invoke_batch('validate', items, pglambda_private.schema_options(
                   schema, 'Call validate_data_batch with the data alone to check it without one.')) b;
end
$$;
comment on function validate_data_batch(jsonb[], jsonb) is
    'Says what of items a JSON Schema does not allow, by the function validate.';
