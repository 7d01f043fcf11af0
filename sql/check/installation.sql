-- Checks that the bundle is as it was installed, and in which version.

-- pglambda_private.routines(): the functions and procedures of the bundle as they are now, each with a digest of what
-- it does. Owners, rights and settings have checks of their own. The schema of a wrapper is left out, because it may
-- change.
-- Callers: the installation, pglambda_private.check_routines.
create or replace function pglambda_private.routines()
    returns table (id oid, routine text, digest text)
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select p.oid,
           case when n.nspname in ('pglambda', 'pglambda_private') then n.nspname || '.' else '' end
               || format('%I(%s)', p.proname, pg_get_function_identity_arguments(p.oid)),
           md5(concat_ws('|', p.prosecdef, p.proisstrict, pg_get_function_result(p.oid), p.prosrc))
      from pg_proc p
      join pg_namespace n on n.oid = p.pronamespace
     where p.proowner = 'pglambda_owner'::regrole
       and (n.nspname in ('pglambda', 'pglambda_private')
            or p.oid in (select w.id from pglambda_private.shipped_wrappers() w))
$$;
comment on function pglambda_private.routines() is 'The functions of the bundle as they are now.';

-- pglambda_private.check_routines(): whether every function of the bundle exists and does what it did when it was
-- installed.
create or replace function pglambda_private.check_routines()
    returns table (item text, ok boolean, detail text, hint text)
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select 'functions of the bundle',
           count(i.routine) = 0,
           coalesce(string_agg(i.routine || case when r.routine is null then ' is missing' else ' was changed' end, ', '
                               order by i.routine),
                    'as they were installed'),
           case when count(i.routine) > 0 then 'psql -v ON_ERROR_STOP=1 -1 -f sql/install.sql' end
      from pglambda_private.installed_routines i
      left join pglambda_private.routines() r on r.routine = i.routine
     where r.digest is distinct from i.digest
$$;
comment on function pglambda_private.check_routines() is 'Whether the functions of the bundle are as installed.';

-- pglambda.version(): the version of the bundle, which schema/begin.sql names, equal to the library's.
-- Callers: pglambda_operator.
do $do$
begin
    execute format($f$
        create or replace function pglambda.version()
            returns text
            language sql
            immutable parallel safe
            set search_path = pg_catalog, pg_temp
        as $$ select %L $$
    $f$, current_setting('pglambda.version'));
end
$do$;
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
