-- pglambda_private.wrapper_head(schema, name, arguments, returns, body): the statement that makes a wrapper. Its settings beside
-- search_path are those that change how values are written: what is sent does not depend on who calls.
-- Callers: private; pglambda_private.wrapper_sql and pglambda_private.batch_wrapper_sql.
create or replace function pglambda_private.wrapper_head(schema name, name text, arguments text, returns text, body text)
    returns text
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select format(
        'create or replace function %I.%I(%s) returns %s language plpgsql volatile cost 10000 security definer '
        'set search_path = pg_catalog, pg_temp set bytea_output = hex set datestyle = iso, ymd '
        'set extra_float_digits = 1 set intervalstyle = iso_8601 as %L',
        schema, name, arguments, returns, E'\n#variable_conflict use_column\n' || body)
$$;
comment on function pglambda_private.wrapper_head(name, text, text, text, text) is
    'Private: the statement that makes a wrapper.';
