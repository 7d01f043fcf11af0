-- The check that the bundle's functions are as they were installed.

-- pglambda_private.routines(): the functions and procedures of the bundle as they are now, each with a digest of what
-- it does. Owners, rights and settings have checks of their own. The schema of a wrapper is left out, because it may
-- change.
-- Callers: the installation, pglambda_private.check_routines.
create or replace function pglambda_private.routines()
    returns table (routine text, digest text)
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select case when n.nspname in ('pglambda', 'pglambda_private') then n.nspname || '.' else '' end
               || format('%I(%s)', p.proname, pg_get_function_identity_arguments(p.oid)),
           md5(concat_ws('|', p.prosecdef, p.proisstrict, pg_get_function_result(p.oid), p.prosrc))
      from pg_proc p
      join pg_namespace n on n.oid = p.pronamespace
     where p.proowner = 'pglambda_owner'::regrole
       and (n.nspname in ('pglambda', 'pglambda_private')
            or p.oid in (select w.id from pglambda_private.shipped_wrappers() w))
$$;
comment on function pglambda_private.routines() is 'The functions of the bundle as they are now.';

-- pglambda_private.installed_routines: the functions of the bundle as the last installation left them.
create table if not exists pglambda_private.installed_routines (
    routine text constraint installed_routines_pkey primary key,
    digest text not null
);
comment on table pglambda_private.installed_routines is
    'The functions of the bundle as the last installation left them.';
comment on column pglambda_private.installed_routines.routine is 'Name and arguments.';
comment on column pglambda_private.installed_routines.digest is 'A digest of what it does.';
comment on constraint installed_routines_pkey on pglambda_private.installed_routines is 'A function is listed once.';

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
