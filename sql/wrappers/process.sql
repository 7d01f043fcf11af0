-- What belongs to the function process, beside its table: its role and its wrappers. Installed where the function is.
do $$
begin
    perform set_config('search_path', format('%I, pg_temp', current_setting('pglambda.install_schema')), true);
    perform pglambda_private.declare_wrapper('process', 'process_data', 1, 1),
            pglambda_private.declare_wrapper('process', 'process_data_batch', 1, 1),
            pglambda_private.declare_wrapper('process', 'process_data_async', 1, 1);
end
$$;

-- pglambda_process: the role for the user of the function. As in schema/roles.sql, the installer creates it.
do $$
begin
    perform set_config('role', current_setting('pglambda.installer'), true);
    begin
        if to_regrole('pglambda_process') is null then
            create role pglambda_process nologin;
            comment on role pglambda_process is
                'pglambda: may store processed items. For the user of the function process.';
        end if;
    exception
        when duplicate_object or unique_violation then
            null;               -- at the same time, an installer in another database of this server has created it
    end;
    if shobj_description(to_regrole('pglambda_process'), 'pg_authid') ~ '^pglambda: ' is not true then
        raise duplicate_object using
            message = 'role pglambda_process exists and is not marked as a role of the bundle',
            detail = 'A role of the bundle has a comment that begins with "pglambda: ".',
            hint = 'Rename the role, or register the function process under another name.';
    end if;
    perform set_config('role', 'pglambda_owner', true);
end
$$;

-- process_data(data): stores an item once and returns its receipt. NULL gives NULL without a call.
-- Raises what pglambda.invoke raises.
-- Callers of the wrappers: pglambda_invoker.
create or replace function process_data(data jsonb)
    returns jsonb
    language plpgsql
    volatile cost 10000         -- the planner evaluates it after every ordinary condition
    security definer            -- callers need no right on schema pglambda
    set search_path = pg_catalog, pg_temp
as $$
begin
    return pglambda.invoke('process', data);
end
$$;
comment on function process_data(jsonb) is 'Stores an item once, by the function process.';

-- process_data_batch(items): stores items and returns their receipts: one row for each item, in the order of the items.
-- A NULL item gives a row of NULLs. Raises what pglambda.invoke_batch raises.
create or replace function process_data_batch(items jsonb[])
    returns table (ordinality bigint, result jsonb, error jsonb)
    language plpgsql
    volatile cost 10000 rows 1000
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query select b.* from pglambda.invoke_batch('process', items) b;
end
$$;
comment on function process_data_batch(jsonb[]) is 'Stores items, each one once, by the function process.';

-- process_data_async(data): stores an item once, after this transaction has committed. Returns its id in the outbox.
-- NULL gives NULL. Raises what pglambda.enqueue raises.
create or replace function process_data_async(data jsonb)
    returns bigint
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return pglambda.enqueue('process', data);
end
$$;
comment on function process_data_async(jsonb) is 'Stores an item once, after the commit, by the function process.';
