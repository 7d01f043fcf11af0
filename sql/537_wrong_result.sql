-- pglambda_private.wrong_result(wrapper): the message of 38000 for a result that is not of the wrapper's type.
-- Callers: private; pglambda_private.wrapper_sql and pglambda_private.batch_wrapper_sql.
create or replace function pglambda_private.wrong_result(wrapper jsonb)
    returns text
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select format('function %L did not return what %I.%I returns: %s',
                  wrapper ->> 'function', wrapper ->> 'schema', wrapper ->> 'name', wrapper ->> 'returns')
$$;
comment on function pglambda_private.wrong_result(jsonb) is
    'Private: the message for a result that is not of the wrapper''s type.';
