-- process_data_async(data): stores an item exactly once, after this transaction has committed. Returns its id in the
-- outbox.
-- Durable wrapper of the function process. NULL data gives NULL. Raises what pglambda.enqueue raises.
-- Callers: pglambda_invoker.
create or replace function process_data_async(data jsonb)
    returns bigint
    language plpgsql
    volatile
    security definer            -- callers need no right on schema lambda
    set search_path = pg_catalog, pg_temp
as $$
begin
    return pglambda.enqueue('process', data);
end
$$;
comment on function process_data_async(jsonb) is
    'Stores an item exactly once after the commit, by the function process.';
