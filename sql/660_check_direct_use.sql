-- pglambda_private.check_direct_use(): whether a role was given aws_lambda itself: it can call every function that the database's
-- IAM role may. Those who administer the server, and pglambda_owner, are meant to have it.
-- Callers: private; pglambda.check.
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
comment on function pglambda_private.check_direct_use() is 'Private: whether a role was given aws_lambda itself.';
