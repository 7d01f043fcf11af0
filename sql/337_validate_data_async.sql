-- validate_data_async(data): says whether an item is valid, after this transaction has committed. Returns its id in the
-- outbox.
-- Durable wrapper of the function validate. NULL data gives NULL. Raises what pglambda.enqueue raises.
-- Callers: pglambda_invoker.
create or replace function validate_data_async(data jsonb)
    returns bigint
    language plpgsql
    volatile
    security definer            -- callers need no right on schema lambda
    set search_path = pg_catalog, pg_temp
as $$
begin
    return pglambda.enqueue('validate', data);
end
$$;
comment on function validate_data_async(jsonb) is
    'Says whether an item is valid after the commit, by the function validate.';
