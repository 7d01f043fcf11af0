-- The version of the bundle.

-- pglambda.version(): the version of the bundle, equal to the library's.
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

-- pglambda_private.check_version(): whether the bundle has the version of the Java library that installed last. The
-- versions differ when psql has installed another one since. Only a call could tell the version of a deployed function.
create or replace function pglambda_private.check_version()
    returns table (item text, ok boolean, detail text, hint text)
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select 'version',
           coalesce(i.library = pglambda.version(), true),
           format('the bundle is %s, ', pglambda.version())
               || coalesce('and the library that installed last is ' || i.library, 'installed by psql'),
           case when i.library <> pglambda.version() then
               'aws lambda invoke --function-name setup --payload ''{"RequestType": "Update"}'' out.json'
           end
      from pglambda_private.installation i
$$;
comment on function pglambda_private.check_version() is 'Whether the bundle has the version of the library.';
