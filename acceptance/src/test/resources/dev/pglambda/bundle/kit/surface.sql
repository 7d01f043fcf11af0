-- What an installation of the bundle leaves in a database, one line for each fact, the same on every version of PostgreSQL.
-- The rights of owners are left out: versions add to them. Roles are listed when they have something in this database.
-- installed.txt is a database where no function is registered, wrappers.txt the lines that the wrappers add to it.
with
ours as (
    select p.*
      from pg_proc p
     where p.pronamespace::regnamespace::text in ('pglambda', 'pglambda_private') or p.proowner = 'pglambda_owner'::regrole
),
rights (kind, id, owner, acl) as (
    select 'schema', n.nspname::text, n.nspowner, coalesce(n.nspacl, acldefault('n', n.nspowner))
      from pg_namespace n
     where n.nspname in ('pglambda', 'pglambda_private', 'public', 'app')
    union all
    select 'relation', c.oid::regclass::text, c.relowner, coalesce(c.relacl, acldefault('r', c.relowner))
      from pg_class c
     where c.relnamespace::regnamespace::text in ('pglambda', 'pglambda_private') and c.relkind in ('r', 'v', 'm', 'p', 'S')
    union all
    select 'function', o.oid::regprocedure::text, o.proowner, coalesce(o.proacl, acldefault('f', o.proowner))
      from ours o
    union all
    select 'default', d.defaclobjtype::text, d.defaclrole, d.defaclacl
      from pg_default_acl d
     where d.defaclrole = 'pglambda_owner'::regrole
    union all
    select 'schema', n.nspname::text, n.nspowner, n.nspacl
      from pg_namespace n
     where n.nspname in ('aws_lambda', 'aws_commons')
    union all
    select 'function', p.oid::regprocedure::text, p.proowner, p.proacl
      from pg_proc p
     where p.pronamespace::regnamespace::text in ('aws_lambda', 'aws_commons')
),
lines (line) as (
    select format('role %s: login %s, superuser %s, createrole %s, createdb %s, settings %s -- %s', r.rolname, r.rolcanlogin,
                  r.rolsuper, r.rolcreaterole, r.rolcreatedb, r.rolconfig, shobj_description(r.oid, 'pg_authid'))
      from pg_roles r
     where r.rolname like 'pglambda\_%'
       and exists (select from pg_shdepend s
                    where s.dbid = (select d.oid from pg_database d where d.datname = current_database())
                      and s.refclassid = 'pg_authid'::regclass and s.refobjid = r.oid)
    union all
    select format('schema %s: owner %s -- %s', n.nspname, n.nspowner::regrole, obj_description(n.oid, 'pg_namespace'))
      from pg_namespace n
     where n.nspname in ('pglambda', 'pglambda_private')
    union all
    select format('relation %s: kind %s, owner %s -- %s', c.oid::regclass, c.relkind, c.relowner::regrole,
                  obj_description(c.oid, 'pg_class'))
      from pg_class c
     where c.relnamespace::regnamespace::text in ('pglambda', 'pglambda_private') and c.relkind <> 'i'
    union all
    select format('column %s.%s: %s, not null %s, default %s -- %s', c.oid::regclass, a.attname,
                  format_type(a.atttypid, a.atttypmod), a.attnotnull, pg_get_expr(d.adbin, d.adrelid),
                  col_description(c.oid, a.attnum))
      from pg_class c
      join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
      left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where c.relnamespace::regnamespace::text in ('pglambda', 'pglambda_private') and c.relkind = 'r'
    union all
    -- Version 18 lists "not null" here too; the columns say it already.
    select format('constraint %s on %s: %s -- %s', k.conname, k.conrelid::regclass, pg_get_constraintdef(k.oid),
                  obj_description(k.oid, 'pg_constraint'))
      from pg_constraint k
     where k.connamespace::regnamespace::text in ('pglambda', 'pglambda_private') and k.contype <> 'n'
    union all
    select format('function %s%s(%s) returns %s: %s, volatility %s, parallel %s, cost %s, strict %s, definer %s, %s, owner %s -- %s',
                  -- not oid::regproc, which is qualified where a name has several functions
                  case when o.pronamespace <> 'public'::regnamespace then format('%I.', n.nspname) end, o.proname,
                  pg_get_function_arguments(o.oid), pg_get_function_result(o.oid), l.lanname,
                  o.provolatile, o.proparallel, o.procost, o.proisstrict, o.prosecdef, o.proconfig, o.proowner::regrole,
                  obj_description(o.oid, 'pg_proc'))
      from ours o
      join pg_namespace n on n.oid = o.pronamespace
      join pg_language l on l.oid = o.prolang
    union all
    select format('default rights: of %s on new objects of type %s', d.defaclrole::regrole, d.defaclobjtype)
      from pg_default_acl d
    union all
    select format('grant on %s %s: %s to %s', r.kind, r.id,
                  string_agg(a.privilege_type || case when a.is_grantable then '*' else '' end, ', '
                             order by a.privilege_type collate "C"),
                  case when a.grantee = 0 then 'public' else a.grantee::regrole::text end)
      from rights r
     cross join aclexplode(r.acl) a
     where a.grantee <> r.owner
       and (r.id !~ '^aws_' or a.grantee = 'pglambda_owner'::regrole)     -- the extension's own grants are not ours
     group by r.kind, r.id, a.grantee
)
select line from lines order by line collate "C"
