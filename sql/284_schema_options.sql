-- pglambda_private.schema_options(schema, without): the options of function validate for a JSON Schema.
-- Raises 22004 when schema is NULL, with the hint how to do without, and 22023 when it is of no type that a schema has.
-- Callers: private; validate_data and validate_data_batch with a schema, is_valid.
create or replace function pglambda_private.schema_options(schema jsonb, without text)
    returns jsonb
    language plpgsql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if schema is null then
        raise null_value_not_allowed using
            message = 'a schema is needed, and it is NULL',
            hint = without;
    elsif jsonb_typeof(schema) not in ('object', 'boolean') then
        raise invalid_parameter_value using
            message = format('a schema must be an object, true or false, not %s', jsonb_typeof(schema));
    end if;
    return jsonb_build_object('schema', schema);
end
$$;
comment on function pglambda_private.schema_options(jsonb, text) is
    'Private: the options of function validate for a JSON Schema.';
