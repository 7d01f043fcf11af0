-- transform_data_batch(items): returns the items transformed. Batch wrapper of the function transform.
-- A row for each item, in their order; a NULL item gives a row of NULLs. Raises what pglambda.invoke_batch raises.
-- Callers: pglambda_invoker.
create or replace function transform_data_batch(items jsonb[])
    returns table (ordinality bigint, result jsonb, error jsonb)
    language plpgsql
    volatile cost 10000 rows 1000
    security definer            -- callers need no right on schema lambda
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query select b.* from pglambda.invoke_batch('transform', items) b;
end
$$;
comment on function transform_data_batch(jsonb[]) is
    'Transforms items, by the function transform.';
