-- Whether an installation would change anything.

-- pglambda_private.fingerprint(): a digest of everything that an installation puts in order: functions with their
-- bodies, settings, owners, rights and comments, rights on tables and schemas, the roles, the rights on aws_lambda, and
-- what the installation remembers. A change by hand gives another one.
-- Callers: the installation, before it writes and afterwards.
create or replace function pglambda_private.fingerprint()
    returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    with acls (id, rights) as (
        select x.id, string_agg(a.item::text, ',' order by a.item::text)
          from (select p.oid as id, p.proacl as acl from pg_proc p where p.proowner = 'pglambda_owner'::regrole
                union all
                select c.oid, c.relacl from pg_class c where c.relowner = 'pglambda_owner'::regrole
                union all
                select n.oid, n.nspacl from pg_namespace n
                union all
                select d.oid, d.defaclacl from pg_default_acl d where d.defaclrole = 'pglambda_owner'::regrole) x
         cross join unnest(x.acl) a (item)
         group by x.id
    ), lines (line) as (
        select concat_ws('|', p.oid::regprocedure, p.proowner::regrole, a.rights, p.prosecdef, p.provolatile,
                         p.proparallel, p.procost, p.prorows, p.proconfig, pg_get_function_result(p.oid), md5(p.prosrc),
                         obj_description(p.oid, 'pg_proc'))
          from pg_proc p
          left join acls a on a.id = p.oid
         where p.pronamespace in ('pglambda'::regnamespace, 'pglambda_private'::regnamespace)
            or p.oid in (select w.id from pglambda_private.shipped_wrappers() w)
        union all
        select concat_ws('|', c.oid::regclass, c.relowner::regrole, a.rights)
          from pg_class c
          left join acls a on a.id = c.oid
         where c.relnamespace in ('pglambda'::regnamespace, 'pglambda_private'::regnamespace)
           and c.relkind in ('r', 'p', 'v', 'S')
        union all
        select concat_ws('|', n.nspname, n.nspowner::regrole, a.rights, obj_description(n.oid, 'pg_namespace'))
          from pg_namespace n
          left join acls a on a.id = n.oid
         where n.nspname in ('pglambda', 'pglambda_private', 'aws_lambda', pglambda_private.install_schema())
        union all
        select concat_ws('|', r.rolname, r.rolcanlogin, shobj_description(r.oid, 'pg_authid'))
          from pg_roles r
         where r.rolname ~ '^pglambda_'
        union all
        select a.rights from pg_default_acl d join acls a on a.id = d.oid
        union all
        select concat_ws('|', p.oid::regprocedure, has_function_privilege('pglambda_owner', p.oid, 'execute'))
          from pg_proc p
         where p.pronamespace = to_regnamespace('aws_lambda')
        union all
        select s.name from pglambda_private.steps s
        union all
        select concat_ws('|', i.install_schema, i.library) from pglambda_private.installation i
        union all
        select concat_ws('|', w.name, w.function) from pglambda_private.wrapper_names w
        union all
        select concat_ws('|', i.routine, i.digest) from pglambda_private.installed_routines i
    )
    select md5(string_agg(l.line, E'\n' order by l.line collate "C")) from lines l
$$;
comment on function pglambda_private.fingerprint() is 'A digest of everything that an installation puts in order.';
