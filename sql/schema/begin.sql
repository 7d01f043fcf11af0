-- Begins an installation: refuses to run outside of a transaction and waits for other installers of this database.
-- All settings made here end with the transaction.
-- Raises 25000 outside of a transaction, 55000 on a server that is too old.
set transaction isolation level read committed;     -- shows what another installer did during the wait
set local pglambda.installing = 'yes';
set local client_min_messages = warning;            -- no "already exists, skipping" in a second installation
set local search_path = pg_catalog, pg_temp;
set local check_function_bodies = on;

do $$
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
end
$$;
