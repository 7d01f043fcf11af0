-- Checks of who controls what the bundle does.

-- pglambda_private.check_search_path(): whether each function of the bundle has its own search_path. Without it, a
-- caller's session could change what the function means. A procedure that commits cannot have one.
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
     where (p.pronamespace in ('pglambda'::regnamespace, 'pglambda_private'::regnamespace)
            or p.proowner = 'pglambda_owner'::regrole)
       and p.prokind <> 'p'
       and 'search_path=pg_catalog, pg_temp' <> all (coalesce(p.proconfig, array['']))
$$;
comment on function pglambda_private.check_search_path() is 'Whether each function has its own search_path.';

-- pglambda_private.check_owner(): whether pglambda_owner owns all of the bundle: another owner can replace what it
-- does. A function that could be called in the place of a wrapper counts too. Such a routine does what its owner wrote,
-- so the hint drops it and does not take it over; pglambda_private.check_routines then says how the bundle's own comes
-- back.
create or replace function pglambda_private.check_owner()
    returns table (item text, ok boolean, detail text, hint text)
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    with foreign_owned (what, owner, hint) as (
        select 'routine ' || p.oid::regprocedure, p.proowner::regrole, format('drop routine %s;', p.oid::regprocedure)
          from pg_proc p
          join pg_namespace n on n.oid = p.pronamespace
         where p.proowner <> 'pglambda_owner'::regrole
           and (n.nspname in ('pglambda', 'pglambda_private')
                or p.oid in (select c.id
                               from pglambda_private.shipped_wrappers() w
                              cross join pglambda_private.competitors(w.schema, w.name, w.fewest, w.most) c (id))
                or (n.nspname = (select pglambda_private.install_schema())
                    and format('%I(%s)', p.proname, pg_get_function_identity_arguments(p.oid))
                        in (select i.routine from pglambda_private.installed_routines i)))
        union all
        select 'table ' || c.oid::regclass, c.relowner::regrole,
               format('alter table %s owner to pglambda_owner;', c.oid::regclass)
          from pg_class c
         where c.relowner <> 'pglambda_owner'::regrole
           and c.relnamespace in ('pglambda'::regnamespace, 'pglambda_private'::regnamespace)
           and c.relkind in ('r', 'p', 'v', 'm')
    )
    select 'owner of the bundle',
           count(*) = 0,
           coalesce(string_agg(format('%s is owned by %s', f.what, f.owner), ', ' order by f.what), 'pglambda_owner'),
           string_agg(f.hint, ' ' order by f.what)
      from foreign_owned f
$$;
comment on function pglambda_private.check_owner() is 'Whether pglambda_owner owns all of the bundle.';
