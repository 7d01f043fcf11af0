-- pglambda.check(): the doctor. One row for each thing that can be wrong, always in the same order: whether it is
-- right, what was found, and, where it is wrong, the SQL statement that repairs it, or a command of the AWS CLI where
-- SQL cannot. Runs no function: it asks Lambda with DryRun. A check that fails itself is a row; only a cancelled
-- statement raises.
-- Callers: pglambda_operator. The statements are for the administrator.
create or replace function pglambda.check()
    returns table (item text, ok boolean, detail text, hint text)
    language plpgsql
    volatile cost 10000
    security definer            -- only pglambda_owner may use aws_lambda
    set search_path = pg_catalog, pg_temp
as $$
declare
    name text;
begin
    foreach name in array array[
        'extension', 'rights', 'settings', 'functions', 'version', 'public', 'direct_use', 'roles', 'search_path',
        'owner', 'routines', 'outbox'
    ] loop
        begin
            return query execute format(
                'select c.item, c.ok, c.detail, c.hint from pglambda_private.%I() c', 'check_' || name);
        exception
            when others then
                item := 'check_' || name;
                ok := false;
                detail := sqlerrm;
                hint := 'psql -v ON_ERROR_STOP=1 -1 -f sql/install.sql';
                return next;
        end;
    end loop;
end
$$;
comment on function pglambda.check() is 'The doctor: one row for each thing that can be wrong, with what repairs it.';
