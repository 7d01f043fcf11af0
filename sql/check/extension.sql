-- Checks of the extensions aws_lambda and aws_commons.

-- pglambda_private.rights_hint(): the statements that give pglambda_owner what calls need of aws_lambda.
create or replace function pglambda_private.rights_hint()
    returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select case when to_regnamespace('aws_lambda') is null then 'create extension aws_lambda cascade; ' else '' end
           || 'grant usage on schema aws_commons, aws_lambda to pglambda_owner; '
              'grant execute on all functions in schema aws_commons, aws_lambda to pglambda_owner;'
$$;
comment on function pglambda_private.rights_hint() is 'The statements that give pglambda_owner the use of aws_lambda.';

-- pglambda_private.check_extension(): whether the extensions are installed, in the version that the server has.
create or replace function pglambda_private.check_extension()
    returns table (item text, ok boolean, detail text, hint text)
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select 'extension ' || wanted.name,
           coalesce(a.installed_version = a.default_version, false),
           case
               when a.name is null then 'this server does not have it'
               when a.installed_version is null then 'not installed'
               when a.installed_version <> a.default_version then
                   format('version %s, and the server has %s', a.installed_version, a.default_version)
               else 'version ' || a.installed_version
           end,
           case
               when a.name is null then
                   'It comes with RDS and Aurora PostgreSQL. On your own machine, ./run starts a server that has it.'
               when a.installed_version is null then format('create extension if not exists %I cascade;', a.name)
               when a.installed_version <> a.default_version then format('alter extension %I update;', a.name)
           end
      from unnest(array['aws_commons', 'aws_lambda']) with ordinality wanted (name, place)
      left join pg_available_extensions a on a.name = wanted.name
     order by wanted.place
$$;
comment on function pglambda_private.check_extension() is 'Whether aws_lambda is installed and current.';

-- pglambda_private.check_rights(): whether pglambda_owner may use aws_lambda. Dropping the extension drops its rights.
create or replace function pglambda_private.check_rights()
    returns table (item text, ok boolean, detail text, hint text)
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    with missing (what) as (
        select 'schema ' || wanted.name
          from unnest(array['aws_commons', 'aws_lambda']) wanted (name)
         where has_schema_privilege('pglambda_owner', to_regnamespace(wanted.name), 'usage') is not true
        union all
        select 'function ' || p.oid::regprocedure
          from pg_proc p
         where p.pronamespace in (to_regnamespace('aws_commons'), to_regnamespace('aws_lambda'))
           and not has_function_privilege('pglambda_owner', p.oid, 'execute')
    ), listed (what) as (
        select string_agg(m.what, ', ' order by m.what) from missing m
    )
    select 'rights of pglambda_owner',
           l.what is null,
           coalesce('it may not use ' || l.what, 'it may use aws_lambda'),
           case when l.what is not null then pglambda_private.rights_hint() end
      from listed l
$$;
comment on function pglambda_private.check_rights() is 'Whether pglambda_owner may use aws_lambda.';
