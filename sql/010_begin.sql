-- Starts an installation: refuses to run outside one transaction, and makes other installers of this database wait.
-- Callers: install.sql and SqlBundle, always first. Everything set here ends with the transaction.
set transaction isolation level read committed;     -- whoever waits for the lock must then see the other's work
set local pglambda.installing = 'yes';
set local client_min_messages = warning;            -- "already exists, skipping" is what a second run is for
set local search_path = pg_catalog, pg_temp;
set local check_function_bodies = on;

do $$
begin
    if current_setting('pglambda.installing', true) is distinct from 'yes' then
        raise invalid_transaction_state using
            message = 'the bundle installs in one transaction, and there is none',
            hint = 'Run: psql -v ON_ERROR_STOP=1 -1 -f sql/install.sql';
    end if;
    if current_setting('server_version_num')::int < 150000 then
        raise feature_not_supported using
            message = format('the bundle needs PostgreSQL 15 or newer, and this is %s',
                             current_setting('server_version'));
    end if;
    perform set_config('pglambda.installer', current_user, true);
    -- The letters "pglambda" read as one number. Advisory locks are per database; so is the bundle, except its roles.
    perform pg_advisory_xact_lock(8099561620551918689);
end
$$;
