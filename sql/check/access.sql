-- Checks of who may use the bundle and aws_lambda.

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
