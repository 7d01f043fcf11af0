-- process_data(data): stores an item exactly once and returns its receipt. Wrapper of the function process.
-- NULL data gives NULL without a call. Raises what pglambda.invoke raises.
-- Callers: pglambda_invoker.
create or replace function process_data(data jsonb)
    returns jsonb
    language plpgsql
    volatile cost 10000         -- the planner then evaluates it after every ordinary condition
    security definer            -- callers need no right on schema lambda
    set search_path = pg_catalog, pg_temp
as $$
begin
    return pglambda.invoke('process', data);
end
$$;
comment on function process_data(jsonb) is 'Stores an item exactly once, by the function process.';
