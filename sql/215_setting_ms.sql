-- lambda.setting_ms(name, fallback): a time-out of aws_lambda in milliseconds: its setting, or fallback when that is
-- unset, empty, or nothing that aws_lambda would accept either.
-- Callers: private; lambda.timeout_ms and lambda.call_limit.
create or replace function lambda.setting_ms(name text, fallback integer)
    returns integer
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    setting constant text := current_setting(name, true);
begin
    return case
        when setting ~ '^[0-9]{1,9}$' then setting::integer
        when setting ~ '^[0-9]{1,6}(ms|s|min)$' then (extract(epoch from setting::interval) * 1000)::integer
        else fallback
    end;
end
$$;
comment on function lambda.setting_ms(text, integer) is 'Private: a time-out of aws_lambda in milliseconds.';
