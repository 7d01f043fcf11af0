-- Schedules delivery where the extension pg_cron is in this database and the installer may use it: every 10 seconds, or
-- every minute with a version before 1.5. A job that calls pglambda.deliver is left as it is.
-- Runs as the installer, as the job will. So it calls only the extension's own function: a schema named cron can be
-- anybody's.
do $$
begin
    if not exists (select from pg_extension e
                     join pg_depend d on d.refclassid = 'pg_extension'::regclass and d.refobjid = e.oid
                                     and d.deptype = 'e' and d.classid = 'pg_proc'::regclass
                     join pg_proc p on p.oid = d.objid
                    where e.extname = 'pg_cron' and p.proname = 'schedule'
                      and oidvectortypes(p.proargtypes) = 'text, text, text'
                      and has_schema_privilege(p.pronamespace, 'usage')
                      and has_function_privilege(p.oid, 'execute')) then
        return;
    end if;
    if exists (select from cron.job j
                where j.command ~* 'pglambda\.deliver' and j.database = current_database()) then
        return;
    end if;
    begin
        perform cron.schedule('pglambda.deliver', '10 seconds', 'call pglambda.deliver()');
    exception
        when invalid_parameter_value then
            perform cron.schedule('pglambda.deliver', '* * * * *', 'call pglambda.deliver()');
    end;
end
$$;
