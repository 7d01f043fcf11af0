-- is_valid(data, schema): whether a JSON Schema allows the item, by the function validate.
-- NULL data gives NULL without a call.
-- Raises 22004 when schema is NULL, 22023 when it is not one, and what pglambda.invoke raises.
-- Callers: pglambda_invoker.
create or replace function is_valid(data jsonb, schema jsonb)
    returns boolean
    language plpgsql
    volatile cost 10000         -- the planner then evaluates it after every ordinary condition
    security definer            -- callers need no right on schema lambda
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (pglambda.invoke('validate', data, pglambda_private.schema_options(schema, 'The schema that accepts everything is true.'))
        -> 'validationResult' ->> 'isValid')::boolean;
end
$$;
comment on function is_valid(jsonb, jsonb) is
    'Whether a JSON Schema allows an item, by the function validate.';
