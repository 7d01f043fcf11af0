-- validate_data(data): says whether the item is valid. Wrapper of the function validate.
-- NULL data gives NULL without a call. Raises what pglambda.invoke raises.
-- Callers: pglambda_invoker.
create or replace function validate_data(data jsonb)
    returns jsonb
    language plpgsql
    volatile cost 10000         -- the planner then evaluates it after every ordinary condition
    security definer            -- callers need no right on schema lambda
    set search_path = pg_catalog, pg_temp
as $$
begin
    return pglambda.invoke('validate', data);
end
$$;
comment on function validate_data(jsonb) is 'Says whether an item is valid, by the function validate.';
