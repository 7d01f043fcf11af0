-- The extensions aws_lambda and aws_commons.
-- Raises 55000 when this server does not have them, 42501 when the installer may not create them.
do $$
begin
    if not exists (select from pg_extension e where e.extname = 'aws_lambda')
       and not exists (select from pg_available_extensions a where a.name = 'aws_lambda') then
        raise object_not_in_prerequisite_state using
            message = 'this server has no extension aws_lambda',
            hint = 'It comes with RDS and Aurora PostgreSQL. On your own machine, ./run starts a server that has it.';
    end if;
    create extension if not exists aws_lambda cascade;
end
$$;
