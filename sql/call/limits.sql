-- The limits of a call: bytes and time.

-- pglambda_private.max_bytes(): what Lambda takes on a synchronous call, in bytes: a request, and a reply too.
create or replace function pglambda_private.max_bytes()
    returns integer
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select 6291556
$$;
comment on function pglambda_private.max_bytes() is 'What Lambda takes on a synchronous call, in bytes.';

-- pglambda_private.setting_ms(name, fallback): a time-out of aws_lambda in milliseconds: the setting, or fallback when
-- the setting is unset, empty, or has a form that aws_lambda does not take either.
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
comment on function pglambda_private.setting_ms(text, integer) is 'A time-out of aws_lambda in milliseconds.';

-- pglambda_private.timeout_ms(registered): how long a call may take, in milliseconds: aws_lambda.request_timeout_ms
-- (default 3000), or what the registry says when that is less. The registry cannot say more: aws_lambda waits no
-- longer.
create or replace function pglambda_private.timeout_ms(registered integer)
    returns integer
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select least(registered, pglambda_private.setting_ms('aws_lambda.request_timeout_ms', 3000))
$$;
comment on function pglambda_private.timeout_ms(integer) is 'How long a call may take, in milliseconds.';

-- pglambda_private.call_limit(): how long a call can keep a session waiting, whatever the function does. Twice the
-- time-outs of aws_lambda: a call may first wait for its turn, and no document rules out that aws_lambda tries twice.
create or replace function pglambda_private.call_limit()
    returns interval
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select 2 * (pglambda_private.setting_ms('aws_lambda.connect_timeout_ms', 1000)
                + pglambda_private.setting_ms('aws_lambda.request_timeout_ms', 3000)) * interval '1 millisecond'
$$;
comment on function pglambda_private.call_limit() is 'How long a call can keep a session waiting.';
