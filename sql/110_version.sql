-- pglambda.version(): the bundle's version, equal to the library's.
-- Callers: pglambda_operator.
create or replace function pglambda.version()
    returns text
    language sql
    immutable parallel safe
    set search_path = pg_catalog, pg_temp
as $$
    select '0.1.0'
$$;
comment on function pglambda.version() is 'The version of the installed bundle.';
