-- lambda.timeout_ms(registered): how long a call may take, in milliseconds.
-- That is how long aws_lambda waits for an answer (its setting, default 3000), or less when the registry says less.
-- The registry cannot say more: nobody would be there to take the answer.
-- Callers: private; lambda.request.
create or replace function lambda.timeout_ms(registered integer)
    returns integer
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    setting constant text := current_setting('aws_lambda.request_timeout_ms', true);
begin
    return least(
        registered,
        case
            when setting ~ '^[0-9]{1,9}$' then setting::integer
            when setting ~ '^[0-9]{1,6}(ms|s|min)$' then (extract(epoch from setting::interval) * 1000)::integer
            else 3000                   -- unset, empty, or nothing that aws_lambda would accept either
        end);
end
$$;
comment on function lambda.timeout_ms(integer) is 'Private: how long a call may take, in milliseconds.';
