-- Gives pglambda_owner the use of aws_lambda. From here on the installation acts as the installer again.
-- Raises 42501 when the installer may not grant it.
do $$
declare
    aws record;
begin
    perform set_config('role', current_setting('pglambda.installer'), true);
    -- Only what is missing: a grant by another installer would be a second entry.
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
        raise insufficient_privilege;       -- without the grant option, GRANT may only warn
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
