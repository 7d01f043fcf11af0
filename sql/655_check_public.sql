-- pglambda_private.check_public(): whether anything of ours or of aws_lambda is open to everybody.
-- Callers: private; pglambda.check.
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
         where n.nspname in ('lambda', 'aws_lambda') and a.grantee = 0
        union all
        select format('%s on table %s', lower(a.privilege_type), c.oid::regclass)
          from pg_class c
         cross join aclexplode(c.relacl) a
         where c.relnamespace = 'lambda'::regnamespace and c.relkind in ('r', 'p', 'v', 'm') and a.grantee = 0
        union all
        select format('%s on routine %s', lower(a.privilege_type), p.oid::regprocedure)
          from pg_proc p
         cross join aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
         where (p.pronamespace in ('lambda'::regnamespace, to_regnamespace('aws_lambda'))
                or p.proowner = 'pglambda_owner'::regrole)
           and a.grantee = 0
    )
    select 'closed to public',
           count(*) = 0,
           coalesce('public has ' || string_agg(o.what, ', ' order by o.what), 'public may do nothing'),
           string_agg(format('revoke %s from public;', o.what), ' ' order by o.what)
      from open o
$$;
comment on function pglambda_private.check_public() is 'Private: whether anything is open to everybody.';
