-- Roles: pglambda_owner owns the bundle, pglambda_invoker may call the wrappers, pglambda_operator may run the registry and
-- the outbox, pglambda_process may store what the function process does, and pglambda_monitor may see how the outbox
-- stands.
-- Raises 42501 when the roles are there already and the installer may not act as pglambda_owner.
-- Roles belong to the whole server: a second database finds them, and they are never altered or dropped here.
do $$
declare
    wanted record;
    may_act boolean;
begin
    for wanted in
        select *
          from (values
              ('pglambda_owner', 'Owns the pglambda bundle and alone may use aws_lambda. Nobody logs in as this role.'),
              ('pglambda_invoker', 'May call the pglambda wrappers, such as process_data. Grant it to applications.'),
              ('pglambda_operator', 'May register functions, call pglambda.invoke, and enqueue and deliver durable calls.'),
              ('pglambda_process', 'May store processed items. Grant it to the user of the function process.'),
              ('pglambda_monitor', 'May read pglambda.outbox_status. Grant it to the user of the function monitor.')
          ) as roles (name, purpose)
         where not exists (select from pg_roles r where r.rolname = roles.name)
    loop
        begin
            execute format('create role %I nologin', wanted.name);
            execute format('comment on role %I is %L', wanted.name, wanted.purpose);
            if wanted.name = 'pglambda_owner' and not (select rolsuper from pg_roles where rolname = current_user) then
                grant pglambda_owner to current_user;     -- from 16 on, who creates a role may not yet act as it
            end if;
        exception
            when duplicate_object or unique_violation then
                null;                                   -- an installer in another database of this server was faster
        end;
    end loop;

    may_act := pg_has_role(
        current_user, 'pglambda_owner',
        case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end);
    if not may_act then
        raise insufficient_privilege using
            message = format('role %I may not act as pglambda_owner, which owns the bundle', current_user),
            hint = format('Install as the role that did it first, or let that role run: grant pglambda_owner to %I;',
                          current_user);
    end if;
end
$$;
