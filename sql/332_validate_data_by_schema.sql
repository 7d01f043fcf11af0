-- validate_data(data, schema): says what of the item a JSON Schema does not allow, by the function validate.
-- NULL data gives NULL without a call.
-- Raises 22004 when schema is NULL, 22023 when it is not one, and what lambda.invoke raises.
-- Callers: lambda_invoker.
create or replace function validate_data(data jsonb, schema jsonb)
    returns jsonb
    language plpgsql
    volatile cost 10000         -- the planner then evaluates it after every ordinary condition
    security definer            -- callers need no right on schema lambda
    set search_path = pg_catalog, pg_temp
as $$
begin
    if schema is null then
        raise null_value_not_allowed using
            message = 'a schema is needed, and it is NULL',
            hint = 'Call validate_data with the data alone to check it without one.';
    end if;
    if jsonb_typeof(schema) not in ('object', 'boolean') then
        raise invalid_parameter_value using
            message = format('a schema must be an object, true or false, not %s', jsonb_typeof(schema));
    end if;
    return lambda.invoke('validate', data, jsonb_build_object('schema', schema));
end
$$;
comment on function validate_data(jsonb, jsonb) is
    'Says what of an item a JSON Schema does not allow, by the function validate.';
