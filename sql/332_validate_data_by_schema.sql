-- validate_data(data, schema): says what of the item a JSON Schema does not allow, by the function validate.
-- NULL data gives NULL without a call.
-- Raises 22004 when schema is NULL, 22023 when it is not one, and what pglambda.invoke raises.
-- Callers: pglambda_invoker.
create or replace function validate_data(data jsonb, schema jsonb)
    returns jsonb
    language plpgsql
    volatile cost 10000         -- the planner then evaluates it after every ordinary condition
    security definer            -- callers need no right on schema lambda
    set search_path = pg_catalog, pg_temp
as $$
begin
    return pglambda.invoke('validate', data, pglambda_private.schema_options(
        schema, 'Call validate_data with the data alone to check it without one.'));
end
$$;
comment on function validate_data(jsonb, jsonb) is
    'Says what of an item a JSON Schema does not allow, by the function validate.';
