-- pglambda_private.setting_ms(name, fallback): a time-out of aws_lambda in milliseconds: its setting, or fallback when that is
-- unset, empty, or nothing that aws_lambda would accept either.
-- Callers: private; pglambda_private.timeout_ms and pglambda_private.call_limit.
create or replace function pglambda_private.setting_ms(name text, fallback integer)
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
comment on function pglambda_private.setting_ms(text, integer) is 'Private: a time-out of aws_lambda in milliseconds.';
