-- transform_data_async(data): transforms an item, after this transaction has committed. Returns its id in the outbox.
-- Durable wrapper of the function transform. NULL data gives NULL. Raises what pglambda.enqueue raises.
-- Callers: pglambda_invoker.
create or replace function transform_data_async(data jsonb)
    returns bigint
    language plpgsql
    volatile
    security definer            -- callers need no right on schema lambda
    set search_path = pg_catalog, pg_temp
as $$
begin
    return pglambda.enqueue('transform', data);
end
$$;
comment on function transform_data_async(jsonb) is
    'Transforms an item after the commit, by the function transform.';
