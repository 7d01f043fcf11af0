-- Checks of the extensions aws_lambda and aws_commons, and of their settings.

-- pglambda_private.rights_hint(): the statements that give pglambda_owner what calls need of aws_lambda.
create or replace function pglambda_private.rights_hint()
    returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select case when to_regnamespace('aws_lambda') is null then 'create extension aws_lambda cascade; ' else '' end
           || 'grant usage on schema aws_lambda to pglambda_owner; '
              'grant execute on function aws_lambda.invoke(text, json, text, text, text, json, varchar) '
              'to pglambda_owner;'
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
        select 'schema aws_lambda'
         where has_schema_privilege('pglambda_owner', to_regnamespace('aws_lambda'), 'usage') is not true
        union all
        select 'function aws_lambda.invoke'
         where not exists (     -- without a regprocedure, which needs the right on the schema
                   select from pg_proc p
                    where p.pronamespace = to_regnamespace('aws_lambda') and p.proname = 'invoke'
                      and oidvectortypes(p.proargtypes) = 'text, json, text, text, text, json, character varying'
                      and has_function_privilege('pglambda_owner', p.oid, 'execute'))
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

-- pglambda_private.check_settings(): the two time-outs of aws_lambda, as this session has them. The default for a
-- request is less than the cold start of a JVM may take. If a connection may take longer than a request, a server that
-- cannot be reached looks like a slow function. Both are set in the parameter group, so the hint is a command of the
-- AWS CLI.
create or replace function pglambda_private.check_settings()
    returns table (item text, ok boolean, detail text, hint text)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- Aurora keeps these settings in the parameter group of the cluster.
    aurora constant boolean := to_regproc('pg_catalog.aurora_version') is not null;
    command constant text := format('aws rds modify-%1$s-parameter-group --%1$s-parameter-group-name "$GROUP" '
                                    '--parameters ParameterName=%%s,ParameterValue=%%s,ApplyMethod=immediate',
                                    case when aurora then 'db-cluster' else 'db' end);
    setting text;
    milliseconds integer := pglambda_private.timeout_ms(null);
begin
    item := 'aws_lambda.request_timeout_ms';
    setting := coalesce(nullif(current_setting(item, true), ''), 'not set');
    ok := milliseconds > 3000;
    detail := case when ok then milliseconds || ' ms'
                   else format('%s, so a call may take %s ms: the cold start of a JVM may take longer',
                               setting, milliseconds) end;
    hint := case when not ok then format(command, item, 10000) end;
    return next;
    item := 'aws_lambda.connect_timeout_ms';
    setting := coalesce(nullif(current_setting(item, true), ''), '1000');
    -- 0 for what aws_lambda does not accept.
    ok := pglambda_private.setting_ms(item, case when setting = '1000' then 1000 else 0 end) between 1 and milliseconds;
    detail := case when ok then setting
                   else format('%s, and it has to be a time from 1 ms to the time that a call may take, %s ms',
                               setting, milliseconds) end;
    hint := case when not ok then format(command, item, 1000) end;
    return next;
end
$$;
comment on function pglambda_private.check_settings() is 'Whether the time-outs of aws_lambda fit.';
