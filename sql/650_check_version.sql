-- pglambda_private.check_version(): whether the bundle is the one that the Java library installed last. It is not after psql has
-- installed another version. What version the deployed functions have, SQL cannot know without running them.
-- Callers: private; pglambda.check.
create or replace function pglambda_private.check_version()
    returns table (item text, ok boolean, detail text, hint text)
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select 'version',
           coalesce(l.version = pglambda.version(), true),
           format('the bundle is %s, ', pglambda.version())
               || coalesce('and the library that last installed one is ' || l.version, 'installed by psql'),
           case when l.version <> pglambda.version() then
               'aws lambda invoke --function-name setup --payload ''{"RequestType": "Update"}'' out.json'
           end
      from (values (pglambda.version())) installed (version)
      left join pglambda_private.library l on true
$$;
comment on function pglambda_private.check_version() is 'Private: whether the bundle is the library''s.';
