-- pglambda_private.async_wrapper_sql(wrapper): the statement that makes the durable form: the same arguments, and the id
-- of the item in the outbox. NULL for an argument without a name enqueues nothing.
-- Callers: pglambda.define.
create or replace function pglambda_private.async_wrapper_sql(wrapper jsonb)
    returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select pglambda_private.wrapper_head(
        wrapper ->> 'schema', (wrapper ->> 'name') || '_async', pglambda_private.arguments_sql(wrapper -> 'arguments'),
        'bigint', format('begin return pglambda.enqueue(%L, %s, %L); end', wrapper ->> 'function',
                         pglambda_private.item_sql(wrapper -> 'arguments'), nullif(wrapper -> 'options', 'null')))
$$;
comment on function pglambda_private.async_wrapper_sql(jsonb) is
    'The statement that makes the durable form of a typed wrapper.';
