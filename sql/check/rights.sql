-- Checks of who may use the bundle and aws_lambda, and who controls what it does.

-- pglambda_private.check_public(): whether PUBLIC has a right on the bundle or on aws_lambda.
create or replace function pglambda_private.check_public()
    returns table (item text, ok boolean, detail text, hint text)
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    with open (what) as (
        select format('%s on schema %I', lower(a.privilege_type), n.nspname)
          from pg_namespace n
         cross join aclexplode(n.nspacl) a
         where n.nspname in ('pglambda', 'pglambda_private', 'aws_lambda') and a.grantee = 0
        union all
        select format('%s on table %s', lower(a.privilege_type), c.oid::regclass)
          from pg_class c
         cross join aclexplode(c.relacl) a
         where c.relnamespace in ('pglambda'::regnamespace, 'pglambda_private'::regnamespace)
           and c.relkind in ('r', 'p', 'v', 'm') and a.grantee = 0
        union all
        select format('%s on routine %s', lower(a.privilege_type), p.oid::regprocedure)
          from pg_proc p
         cross join aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
         where (p.pronamespace in ('pglambda'::regnamespace, 'pglambda_private'::regnamespace,
                                   to_regnamespace('aws_lambda'))
                or p.proowner = 'pglambda_owner'::regrole)
           and a.grantee = 0
    )
    select 'closed to public',
           count(*) = 0,
           coalesce('public has ' || string_agg(o.what, ', ' order by o.what), 'public may do nothing'),
           string_agg(format('revoke %s from public;', o.what), ' ' order by o.what)
      from open o
$$;
comment on function pglambda_private.check_public() is 'Whether PUBLIC has a right on the bundle.';

-- pglambda_private.check_direct_use(): whether a role has a right on aws_lambda itself: it can call every function that
-- the database's IAM role may call. pglambda_owner and the server's administrators are meant to have it.
create or replace function pglambda_private.check_direct_use()
    returns table (item text, ok boolean, detail text, hint text)
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    with granted (what, owner, acl) as (
        select format('schema %I', n.nspname), n.nspowner, n.nspacl
          from pg_namespace n
         where n.nspname = 'aws_lambda'
        union all
        select 'function ' || p.oid::regprocedure, p.proowner, p.proacl
          from pg_proc p
         where p.pronamespace = to_regnamespace('aws_lambda')
    ), users (what, name) as (
        select distinct g.what, r.rolname
          from granted g
         cross join aclexplode(g.acl) a
          join pg_roles r on r.oid = a.grantee
         where r.oid <> g.owner and not r.rolsuper and r.rolname not in ('pglambda_owner', 'rds_superuser')
    )
    select 'aws_lambda for pglambda_owner alone',
           count(*) = 0,
           coalesce('also used by ' || string_agg(distinct quote_ident(u.name), ', '), 'nobody else has it'),
           string_agg(format('revoke all on %s from %I;', u.what, u.name), ' ' order by u.name, u.what)
      from users u
$$;
comment on function pglambda_private.check_direct_use() is 'Whether a role has a right on aws_lambda itself.';

-- pglambda_private.check_roles(): whether the roles of the bundle are what an installation made them: nobody logs in as
-- one, and none has a right on the whole server.
create or replace function pglambda_private.check_roles()
    returns table (item text, ok boolean, detail text, hint text)
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select 'roles of the bundle',
           count(*) = 0,
           coalesce('changed: ' || string_agg(r.rolname, ', ' order by r.rolname), 'nobody logs in as one'),
           string_agg(concat_ws(' ', format('alter role %I', r.rolname),
                                case when r.rolcanlogin then 'nologin' end, case when r.rolsuper then 'nosuperuser' end,
                                case when r.rolcreaterole then 'nocreaterole' end,
                                case when r.rolcreatedb then 'nocreatedb' end) || ';', ' ' order by r.rolname)
      from pg_roles r
     where r.rolname ~ '^pglambda_' and shobj_description(r.oid, 'pg_authid') ~ '^pglambda: '
       and (r.rolcanlogin or r.rolsuper or r.rolcreaterole or r.rolcreatedb)
$$;
comment on function pglambda_private.check_roles() is 'Whether the roles of the bundle are as they were made.';

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
