-- Gives pglambda_owner the use of the one function of aws_lambda that calls use. From here on the installation acts as
-- the installer again.
-- Raises 42501 when the installer may not grant it.
do $$
declare
    invoke constant text := 'aws_lambda.invoke(text, json, text, text, text, json, varchar)';
begin
    perform set_config('role', current_setting('pglambda.installer'), true);
    -- Only what is missing: a grant by another installer would be a second entry.
    if not has_schema_privilege('pglambda_owner', 'aws_lambda', 'usage') then
        grant usage on schema aws_lambda to pglambda_owner;
    end if;
    if not has_function_privilege('pglambda_owner', invoke, 'execute') then
        execute format('grant execute on function %s to pglambda_owner', invoke);
    end if;
    if not has_schema_privilege('pglambda_owner', 'aws_lambda', 'usage')
       or not has_function_privilege('pglambda_owner', invoke, 'execute') then
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
