-- A request: how large it may be, how long it may take, and what is in it.

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

-- pglambda_private.setting_ms(name, fallback): a time-out of aws_lambda in milliseconds, with a unit or without one:
-- the setting, or fallback when the setting is unset, empty, or nothing that aws_lambda accepts.
create or replace function pglambda_private.setting_ms(name text, fallback integer)
    returns integer
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    setting constant text := current_setting(name, true);
    milliseconds constant bigint := case
        when setting ~ '^[0-9]{1,9}$' then setting::bigint
        when setting ~ '^[0-9]{1,6}(ms|s|min)$' then (extract(epoch from setting::interval) * 1000)::bigint
    end;
begin
    return case when milliseconds between 1 and 900000 then milliseconds else fallback end;
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

-- pglambda_private.request(target, call_id, left_ms, part, payload, options, ids): the JSON that a function is sent.
-- left_ms is how long the caller still waits. part is 'data' for one item, 'batch' for an array of items; ids has an id
-- for each item of a batch, where they have ids. Built as json, so that a large payload is written once and its size is
-- known exactly.
create or replace function pglambda_private.request(
    target pglambda.functions, call_id text, left_ms integer, part text, payload json, options jsonb, ids json
)
    returns json
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    action constant text := coalesce(target.action, target.name);
    caller constant json := json_build_object(
        'database', current_database(), 'user', session_user, 'application', current_setting('application_name'));
begin
    -- One statement for each set of members: an aggregate that leaves out absent ones would take three times as long.
    if options is null and ids is null then
        return json_build_object(
            'id', call_id, 'action', action, 'timeoutMs', left_ms, 'caller', caller, part, payload);
    elsif ids is null then
        return json_build_object(
            'id', call_id, 'action', action, 'timeoutMs', left_ms, 'caller', caller, 'options', options,
            part, payload);
    elsif options is null then
        return json_build_object(
            'id', call_id, 'action', action, 'timeoutMs', left_ms, 'caller', caller, 'ids', ids, part, payload);
    end if;
    return json_build_object(
        'id', call_id, 'action', action, 'timeoutMs', left_ms, 'caller', caller, 'options', options,
        'ids', ids, part, payload);
end
$$;
comment on function pglambda_private.request(pglambda.functions, text, integer, text, json, jsonb, json) is
    'The JSON that a function is sent.';
