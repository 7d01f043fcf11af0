-- pglambda_private.registration(target): the statement that registers a function as it is in target, without the defaults.
-- Callers: private; the hints of pglambda.check.
create or replace function pglambda_private.registration(target pglambda.functions)
    returns text
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select 'select pglambda.register(' || concat_ws(
        ', ',
        format('%L, %L', target.name, target.arn),
        'region => ' || quote_literal(target.region),
        'qualifier => ' || quote_literal(target.qualifier),
        'timeout_ms => ' || target.timeout_ms,
        'max_batch_items => ' || nullif(target.max_batch_items, 1000),
        case when not target.enabled then 'enabled => false' end,
        'max_concurrency => ' || target.max_concurrency,
        'max_attempts => ' || nullif(target.max_attempts, 10)) || ');'
$$;
comment on function pglambda_private.registration(pglambda.functions) is 'Private: the statement that registers a function.';
