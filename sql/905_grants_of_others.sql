-- Grants on what is not ours: the install schema, and aws_lambda for pglambda_owner. Runs as the installer from here on.
do $$
declare
    install_schema constant name := current_setting('pglambda.install_schema');
    aws record;
begin
    perform set_config('role', current_setting('pglambda.installer'), true);

    if not has_schema_privilege('pglambda_invoker', install_schema, 'usage') then
        execute format('grant usage on schema %I to pglambda_invoker', install_schema);
    end if;

    -- Only what is missing: another installer would be another grantor, and so leave a second entry.
    for aws in
        select format('schema %I', n.nspname) as object, 'usage' as privilege
          from pg_namespace n
         where n.nspname in ('aws_commons', 'aws_lambda') and not has_schema_privilege('pglambda_owner', n.oid, 'usage')
        union all
        select 'function ' || p.oid::regprocedure, 'execute'
          from pg_proc p
          join pg_namespace n on n.oid = p.pronamespace
         where n.nspname in ('aws_commons', 'aws_lambda')
           and not has_function_privilege('pglambda_owner', p.oid, 'execute')
    loop
        execute format('grant %s on %s to pglambda_owner', aws.privilege, aws.object);
    end loop;
    if not has_schema_privilege('pglambda_owner', 'aws_lambda', 'usage') then
        raise insufficient_privilege;       -- without any right to grant, GRANT may only warn
    end if;
exception
    when insufficient_privilege then
        raise insufficient_privilege using
            message = format('role %I may not grant the use of aws_lambda to pglambda_owner',
                             current_setting('pglambda.installer')),
            detail = sqlerrm,
            hint = 'Install as a member of rds_superuser.';
end
$$;
