-- The roles of the bundle. Roles belong to the whole server: all its databases use the same ones.
-- A comment that begins with "pglambda: " marks a role as the bundle's. A role that has one of these names and not the
-- mark belongs to somebody, so the installation stops.
-- Raises 42710 for such a role, 42501 when the installer may not act as pglambda_owner.
-- Can be run alone, before a dump of a database with the bundle is restored into another server.
do $$
declare
    wanted record;
    may_act boolean;
begin
    for wanted in
        select r.name, 'pglambda: ' || r.purpose as comment
          from (values
              ('pglambda_owner', 'owns the bundle and is the only role that uses aws_lambda. Nobody logs in as it.'),
              ('pglambda_invoker', 'may call the wrappers, such as process_data. For applications.'),
              ('pglambda_operator', 'may register, call and enqueue functions, and deliver durable calls.'),
              ('pglambda_deliverer', 'may deliver durable calls and read pglambda.outbox_status.')
          ) as r (name, purpose)
    loop
        begin
            if to_regrole(wanted.name) is null then
                execute format('create role %I nologin', wanted.name);
                execute format('comment on role %I is %L', wanted.name, wanted.comment);
                if wanted.name = 'pglambda_deliverer' then
                    alter role pglambda_deliverer set statement_timeout = 0;
                elsif wanted.name = 'pglambda_owner'
                      and not (select r.rolsuper from pg_roles r where r.rolname = current_user) then
                    grant pglambda_owner to current_user;   -- from 16 on, the creator of a role may not yet act as it
                end if;
            end if;
        exception
            when duplicate_object or unique_violation then
                null;           -- at the same time, an installer in another database of this server has created it
        end;
        if shobj_description(to_regrole(wanted.name), 'pg_authid') ~ '^pglambda: ' is not true then
            raise duplicate_object using
                message = format('role %I exists and is not marked as a role of the bundle', wanted.name),
                detail = 'A role of the bundle has a comment that begins with "pglambda: ".',
                hint = format('If the role is somebody''s, rename it. If it is the bundle''s and has lost its comment, '
                              'run: comment on role %I is %L;', wanted.name, wanted.comment);
        end if;
    end loop;

    may_act := pg_has_role(
        current_user, 'pglambda_owner',
        case when current_setting('server_version_num')::int < 160000 then 'member' else 'set' end);
    if not may_act then
        raise insufficient_privilege using
            message = format('role %I may not act as pglambda_owner, which owns the bundle', current_user),
            hint = format('Install as the role that installed first, or let that role run: grant pglambda_owner to %I;',
                          current_user);
    end if;
end
$$;
