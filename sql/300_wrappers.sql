-- From here on the installation creates in the install schema: the wrappers below are not qualified, so that they go
-- where 050_install_schema.sql decided. pg_temp comes last, so that nothing temporary is taken for a type.
do $$
begin
    perform set_config('search_path', format('%I, pg_temp', current_setting('pglambda.install_schema')), true);
end
$$;
