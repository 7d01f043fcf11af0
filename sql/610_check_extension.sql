-- pglambda_private.check_extension(): whether aws_lambda and aws_commons are installed, and as new as this server has them.
-- Callers: private; pglambda.check.
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
comment on function pglambda_private.check_extension() is 'Private: whether aws_lambda is installed and new.';
