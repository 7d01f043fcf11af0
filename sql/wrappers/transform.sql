-- The wrappers of the function transform. Installed where the function is.
do $$
begin
    perform set_config('search_path', format('%I, pg_temp', current_setting('pglambda.install_schema')), true);
    perform pglambda_private.declare_wrapper('transform', 'transform_data', 1, 3),
            pglambda_private.declare_wrapper('transform', 'transform_data_batch', 1, 3),
            pglambda_private.declare_wrapper('transform', 'transform_data_async', 1, 1);
end
$$;

-- pglambda_private.expression_options(expression, bindings, wrapper): the options of the function for a JSONata
-- expression.
-- Raises 22004 when expression is NULL, with a hint that names the wrapper.
create or replace function pglambda_private.expression_options(expression text, bindings jsonb, wrapper text)
    returns jsonb
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if expression is null then
        raise null_value_not_allowed using
            message = 'an expression is needed, and it is NULL',
            hint = format('To transform without an expression, call %s with the data alone.', wrapper);
    elsif bindings is null then
        return jsonb_build_object('expression', expression);
    end if;
    return jsonb_build_object('expression', expression, 'bindings', bindings);
end
$$;
comment on function pglambda_private.expression_options(text, jsonb, text) is
    'The options of function transform for a JSONata expression.';

-- transform_data(data): returns the item transformed. NULL gives NULL without a call. Raises what pglambda.invoke
-- raises.
-- Callers of the wrappers: pglambda_invoker.
create or replace function transform_data(data jsonb)
    returns jsonb
    language plpgsql
    volatile cost 10000         -- the planner evaluates it after every ordinary condition
    security definer            -- callers need no right on schema pglambda
    set search_path = pg_catalog, pg_temp
as $$
begin
    return pglambda.invoke('transform', data);
end
$$;
comment on function transform_data(jsonb) is 'Transforms an item, by the function transform.';

-- transform_data(data, expression, bindings): the value of a JSONata expression for the item. NULL data gives NULL
-- without a call. Raises 22004 when expression is NULL, 22023 when it is not an expression, and what pglambda.invoke
-- raises.
create or replace function transform_data(data jsonb, expression text, bindings jsonb default null)
    returns jsonb
    language plpgsql
    volatile cost 10000
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return pglambda.invoke(
        'transform', data, pglambda_private.expression_options(expression, bindings, 'transform_data'));
end
$$;
comment on function transform_data(jsonb, text, jsonb) is
    'The value of a JSONata expression for an item, with variables, by the function transform.';

-- transform_data_batch(items): returns the items transformed: one row for each item, in the order of the items. A NULL
-- item gives a row of NULLs. Raises what pglambda.invoke_batch raises.
create or replace function transform_data_batch(items jsonb[])
    returns table (ordinality bigint, result jsonb, error jsonb)
    language plpgsql
    volatile cost 10000 rows 1000
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query select b.* from pglambda.invoke_batch('transform', items) b;
end
$$;
comment on function transform_data_batch(jsonb[]) is 'Transforms items, by the function transform.';

-- transform_data_batch(items, expression, bindings): the values of a JSONata expression for the items, with rows as
-- above.
-- Raises 22004 when expression is NULL, 22023 when it is not an expression, and what pglambda.invoke_batch raises.
create or replace function transform_data_batch(items jsonb[], expression text, bindings jsonb default null)
    returns table (ordinality bigint, result jsonb, error jsonb)
    language plpgsql
    volatile cost 10000 rows 1000
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query
        select b.*
          from pglambda.invoke_batch(
                   'transform', items,
                   pglambda_private.expression_options(expression, bindings, 'transform_data_batch')) b;
end
$$;
comment on function transform_data_batch(jsonb[], text, jsonb) is
    'The values of a JSONata expression for items, with variables, by the function transform.';

-- transform_data_async(data): transforms an item, after this transaction has committed. Returns its id in the outbox.
-- NULL gives NULL. Raises what pglambda.enqueue raises.
create or replace function transform_data_async(data jsonb)
    returns bigint
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return pglambda.enqueue('transform', data);
end
$$;
comment on function transform_data_async(jsonb) is
    'Transforms an item, after the commit, by the function transform.';
