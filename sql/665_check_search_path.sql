-- pglambda_private.check_search_path(): whether each function of the bundle still has its own search_path, without which a
-- caller's session could change what it means. A procedure that commits cannot have one.
-- Callers: private; pglambda.check.
create or replace function pglambda_private.check_search_path()
    returns table (item text, ok boolean, detail text, hint text)
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select 'search_path of functions',
           count(p.oid) = 0,
           coalesce('not fixed: ' || string_agg(p.oid::regprocedure::text, ', ' order by p.oid::regprocedure::text),
                    'fixed in all functions of the bundle'),
           string_agg(format('alter function %s set search_path = pg_catalog, pg_temp;', p.oid::regprocedure), ' '
                      order by p.oid::regprocedure::text)
      from pg_proc p
     where (p.pronamespace = 'lambda'::regnamespace or p.proowner = 'pglambda_owner'::regrole)
       and p.prokind <> 'p'
       and 'search_path=pg_catalog, pg_temp' <> all (coalesce(p.proconfig, array['']))
$$;
comment on function pglambda_private.check_search_path() is 'Private: whether each function has its own search_path.';
