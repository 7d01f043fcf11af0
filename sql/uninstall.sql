-- Removes the bundle from the database that psql is connected to, with the registry, what pglambda.define made, the
-- outbox, the stored items and the user's own jobs of pg_cron that deliver:
--
--     psql -v ON_ERROR_STOP=1 -1 -f sql/uninstall.sql
--
-- The roles go too, unless another database of this server uses them or they are not the user's to drop. The extension
-- aws_lambda stays. Does nothing where there is no bundle. dev.pglambda.bundle.SqlBundle runs this file as well.
-- Raises 2BP01 when something else, such as a view, depends on a wrapper, and 42P06 when schema lambda is not ours.
-- Callers: who installed it.
do $$
declare
    owner name := (select n.nspowner::regrole::name from pg_catalog.pg_namespace n where n.nspname = 'lambda');
    ours name;
begin
    perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
    perform set_config('client_min_messages', 'warning', true);
    perform pg_advisory_xact_lock(8099561620551918689);     -- that of the installers
    if owner <> 'pglambda_owner' then
        raise duplicate_schema using message = format('schema lambda belongs to %s and is not the bundle''s', owner);
    end if;
    -- As in 910_schedule.sql: the extension's own function, or none.
    if owner is not null
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
          where j.command ~* 'lambda\.deliver' and j.database = current_database() and j.username = current_user;
    end if;
    drop schema if exists lambda cascade;
    foreach ours in array '{pglambda_owner,pglambda_invoker,pglambda_operator,pglambda_process,pglambda_monitor}'::name[] loop
        continue when not exists (select from pg_roles r where r.rolname = ours);
        begin
            if not pg_has_role(current_user, ours, 'usage') then
                execute format('grant %I to current_user', ours);       -- who created it, may
            end if;
        exception
            when insufficient_privilege then
                continue;
        end;
        execute format('drop owned by %I', ours);       -- all wrappers, and what was granted in this database
        begin
            execute format('drop role %I', ours);
        exception
            when dependent_objects_still_exist or insufficient_privilege then
                null;                                   -- another database needs it
        end;
    end loop;
end
$$;
