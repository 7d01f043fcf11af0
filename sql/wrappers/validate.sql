-- The wrappers of the function validate. Installed where the function is.
do $$
begin
    perform set_config('search_path', format('%I, pg_temp', current_setting('pglambda.install_schema')), true);
    perform pglambda_private.declare_wrapper('validate', 'validate_data', 1, 2),
            pglambda_private.declare_wrapper('validate', 'validate_data_batch', 1, 2),
            pglambda_private.declare_wrapper('validate', 'validate_data_async', 1, 1),
            pglambda_private.declare_wrapper('validate', 'is_valid', 2, 2);
end
$$;

-- pglambda_private.schema_options(schema, without): the options of the function for a JSON Schema. Raises 22004 when
-- schema is NULL, with the hint how to do without one, and 22023 when it is of a type that no schema has.
create or replace function pglambda_private.schema_options(schema jsonb, without text)
    returns jsonb
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if schema is null then
        raise null_value_not_allowed using message = 'a schema is needed, and it is NULL', hint = without;
    elsif jsonb_typeof(schema) not in ('object', 'boolean') then
        raise invalid_parameter_value using
            message = format('a schema must be an object, true or false, not %s', jsonb_typeof(schema));
    end if;
    return jsonb_build_object('schema', schema);
end
$$;
comment on function pglambda_private.schema_options(jsonb, text) is
    'The options of function validate for a JSON Schema.';

-- validate_data(data): says whether the item is valid. NULL gives NULL without a call. Raises what pglambda.invoke
-- raises.
-- Callers of the wrappers: pglambda_invoker.
create or replace function validate_data(data jsonb)
    returns jsonb
    language plpgsql
    volatile cost 10000         -- the planner evaluates it after every ordinary condition
    security definer            -- callers need no right on schema pglambda
    set search_path = pg_catalog, pg_temp
as $$
begin
    return pglambda.invoke('validate', data);
end
$$;
comment on function validate_data(jsonb) is 'Says whether an item is valid, by the function validate.';

-- validate_data(data, schema): says what a JSON Schema does not allow in the item. NULL data gives NULL without a call.
-- Raises 22004 when schema is NULL, 22023 when it is not a schema, and what pglambda.invoke raises.
create or replace function validate_data(data jsonb, schema jsonb)
    returns jsonb
    language plpgsql
    volatile cost 10000
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return pglambda.invoke('validate', data, pglambda_private.schema_options(
        schema, 'To check without a schema, call validate_data with the data alone.'));
end
$$;
comment on function validate_data(jsonb, jsonb) is
    'Says what a JSON Schema does not allow in an item, by the function validate.';

-- validate_data_batch(items): says of each item whether it is valid: one row for each item, in the order of the items.
-- A NULL item gives a row of NULLs. Raises what pglambda.invoke_batch raises.
create or replace function validate_data_batch(items jsonb[])
    returns table (ordinality bigint, result jsonb, error jsonb)
    language plpgsql
    volatile cost 10000 rows 1000
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query select b.* from pglambda.invoke_batch('validate', items) b;
end
$$;
comment on function validate_data_batch(jsonb[]) is
    'Says of each item whether it is valid, by the function validate.';

-- validate_data_batch(items, schema): says what a JSON Schema does not allow in the items, with rows as above.
-- Raises 22004 when schema is NULL, 22023 when it is not a schema, and what pglambda.invoke_batch raises.
create or replace function validate_data_batch(items jsonb[], schema jsonb)
    returns table (ordinality bigint, result jsonb, error jsonb)
    language plpgsql
    volatile cost 10000 rows 1000
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query
        select b.*
          from pglambda.invoke_batch('validate', items, pglambda_private.schema_options(
                   schema, 'To check without a schema, call validate_data_batch with the data alone.')) b;
end
$$;
comment on function validate_data_batch(jsonb[], jsonb) is
    'Says what a JSON Schema does not allow in items, by the function validate.';

-- validate_data_async(data): says whether an item is valid, after this transaction has committed. Returns its id in the
-- outbox. NULL gives NULL. Raises what pglambda.enqueue raises.
create or replace function validate_data_async(data jsonb)
    returns bigint
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return pglambda.enqueue('validate', data);
end
$$;
comment on function validate_data_async(jsonb) is
    'Says whether an item is valid, after the commit, by the function validate.';

-- is_valid(data, schema): whether a JSON Schema allows the item. NULL data gives NULL without a call.
-- Raises 22004 when schema is NULL, 22023 when it is not a schema, and what pglambda.invoke raises.
create or replace function is_valid(data jsonb, schema jsonb)
    returns boolean
    language plpgsql
    volatile cost 10000
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return (pglambda.invoke('validate', data, pglambda_private.schema_options(
               schema, 'The schema that accepts everything is true.'))
        -> 'validationResult' ->> 'isValid')::boolean;
end
$$;
comment on function is_valid(jsonb, jsonb) is 'Whether a JSON Schema allows an item, by the function validate.';
