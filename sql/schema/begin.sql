-- Begins an installation: refuses to run outside of a transaction or over a newer bundle, and waits for other
-- installers of this database. All settings made here end with the transaction.
-- Raises 25000 outside of a transaction, 55000 on a server that is too old and over a newer bundle.
set transaction isolation level read committed;     -- shows what another installer did during the wait
set local pglambda.installing = 'yes';
set local pglambda.version = '0.1.0';               -- of this bundle
set local client_min_messages = warning;            -- no "already exists, skipping" in a second installation
set local search_path = pg_catalog, pg_temp;
set local check_function_bodies = on;

do $$
declare
    version constant text := current_setting('pglambda.version');
    installed text;
begin
    if current_setting('pglambda.installing', true) is distinct from 'yes' then
        raise invalid_transaction_state using
            message = 'the bundle is installed in one transaction, and there is no transaction',
            hint = 'Run: psql -v ON_ERROR_STOP=1 -1 -f sql/install.sql';
    end if;
    if current_setting('server_version_num')::int < 150000 then
        raise object_not_in_prerequisite_state using
            message = format('the bundle needs PostgreSQL 15 or newer, and this server is %s',
                             current_setting('server_version'));
    end if;
    perform set_config('pglambda.installer', current_user, true);
    -- The letters "pglambda" as a number. Advisory locks belong to a database, and so does the bundle but its roles.
    perform pg_advisory_xact_lock(8099561620551918689);

    -- Read from the catalog: the installer may have no right on the schema yet.
    installed := (select substring(p.prosrc from '[0-9]+(?:\.[0-9]+)*')
                    from pg_proc p
                    join pg_namespace n on n.oid = p.pronamespace
                   where n.nspname = 'pglambda' and p.proname = 'version' and p.pronargs = 0);
    if string_to_array(installed, '.')::int[] > string_to_array(version, '.')::int[] then
        raise object_not_in_prerequisite_state using
            message = format('this database has version %s of the bundle, and this is version %s', installed, version),
            detail = 'Nothing was changed: an older version does not know the tables of a newer one.',
            hint = format('Install version %s or newer. A rollback of a stack may leave the newer bundle: it serves '
                          'older functions too.', installed);
    end if;
end
$$;
savepoint before_installation;          -- schema/unchanged.sql returns to it

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
