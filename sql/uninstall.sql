-- Removes the bundle from the database that psql is connected to, with the registry, the functions that pglambda.define
-- made, the outbox, the stored items, and those jobs of pg_cron that deliver and belong to the user:
--
--     psql -v ON_ERROR_STOP=1 -1 -f sql/uninstall.sql
--
-- Removes the roles too, unless another database of this server uses them or the user may not drop them. The extension
-- aws_lambda stays. Does nothing where there is no bundle. dev.pglambda.bundle.SqlBundle runs this file as well.
-- Raises 2BP01 when something else, such as a view, depends on a wrapper, and 42P06 when a schema of these names is not
-- the bundle's.
-- Callers: the role that installed it.
do $$
declare
    is_installed constant boolean := pg_catalog.to_regnamespace('pglambda') is not null;
    foreign_schema record;
    ours name;
begin
    perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
    perform set_config('client_min_messages', 'warning', true);
    perform pg_advisory_xact_lock(8099561620551918689);     -- the lock of installations
    for foreign_schema in
        select n.nspname as name, n.nspowner::regrole as owner
          from pg_namespace n
         where n.nspname in ('pglambda', 'pglambda_private') and n.nspowner::regrole::text <> 'pglambda_owner'
    loop
        raise duplicate_schema using
            message = format('schema %I belongs to %s and is not the bundle''s',
                             foreign_schema.name, foreign_schema.owner);
    end loop;
    -- As in durable/schedule.sql: only the extension's own function is called.
    if is_installed
       and exists (select from pg_extension e
                     join pg_depend d on d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid
                                     and d.deptype = 'e' and d.classid = 'pg_proc'::regclass
                     join pg_proc p on p.oid = d.objid
                    where e.extname = 'pg_cron' and p.proname = 'unschedule'
                      and oidvectortypes(p.proargtypes) = 'bigint'
                      and has_schema_privilege(p.pronamespace, 'usage')
                      and has_function_privilege(p.oid, 'execute')) then
        perform cron.unschedule(j.jobid)
           from cron.job j
          where j.command ~* 'pglambda\.deliver' and j.database = current_database() and j.username = current_user;
    end if;
    drop schema if exists pglambda, pglambda_private cascade;
    for ours in
        select r.rolname
          from pg_roles r
         where r.rolname ~ '^pglambda_' and shobj_description(r.oid, 'pg_authid') ~ '^pglambda: '
    loop
        begin
            if not pg_has_role(current_user, ours, 'usage') then
                execute format('grant %I to current_user', ours);       -- the role that created it may
            end if;
        exception
            when insufficient_privilege then
                continue;
        end;
        execute format('drop owned by %I', ours);       -- all wrappers, and all grants in this database
        begin
            execute format('drop role %I', ours);
        exception
            when dependent_objects_still_exist or insufficient_privilege then
                null;                                   -- another database needs it
        end;
    end loop;
end
$$;
