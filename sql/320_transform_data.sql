-- transform_data(data): returns the item transformed. Wrapper of the function transform.
-- NULL data gives NULL without a call. Raises what pglambda.invoke raises.
-- Callers: pglambda_invoker.
create or replace function transform_data(data jsonb)
    returns jsonb
    language plpgsql
    volatile cost 10000         -- the planner then evaluates it after every ordinary condition
    security definer            -- callers need no right on schema lambda
    set search_path = pg_catalog, pg_temp
as $$
begin
    return pglambda.invoke('transform', data);
end
$$;
comment on function transform_data(jsonb) is 'Transforms an item, by the function transform.';
