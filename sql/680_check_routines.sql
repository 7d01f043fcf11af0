-- pglambda_private.check_routines(): whether every function of the bundle is there and does what it did when it was installed.
-- Callers: private; pglambda.check.
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
comment on function pglambda_private.check_routines() is 'Private: whether the bundle''s functions are as installed.';
