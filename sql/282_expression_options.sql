-- pglambda_private.expression_options(expression, bindings, wrapper): the options of function transform for a JSONata expression.
-- Raises 22004 when expression is NULL, with a hint that names the wrapper.
-- Callers: private; transform_data and transform_data_batch with an expression.
create or replace function pglambda_private.expression_options(expression text, bindings jsonb, wrapper text)
    returns jsonb
    language plpgsql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if expression is null then
        raise null_value_not_allowed using
            message = 'an expression is needed, and it is NULL',
            hint = format('Call %s with the data alone to transform it without one.', wrapper);
    elsif bindings is null then
        return jsonb_build_object('expression', expression);
    end if;
    return jsonb_build_object('expression', expression, 'bindings', bindings);
end
$$;
comment on function pglambda_private.expression_options(text, jsonb, text) is
    'Private: the options of function transform for a JSONata expression.';
