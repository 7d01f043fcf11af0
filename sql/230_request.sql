-- lambda.request(target, call_id, part, payload, options): the JSON that a function is sent.
-- part is 'data' for one item, 'batch' for an array of them. Built as json, so that a large payload is written once
-- and its size is known exactly.
-- Callers: private; every form of call.
create or replace function lambda.request(
    target lambda.functions, call_id text, part text, payload json, options jsonb
)
    returns json
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    caller constant json := json_build_object(
        'database', current_database(), 'user', session_user, 'application', current_setting('application_name'));
begin
    if options is null then
        return json_build_object(
            'id', call_id, 'action', target.name, 'timeoutMs', lambda.timeout_ms(target.timeout_ms), 'caller', caller,
            part, payload);
    else
        return json_build_object(
            'id', call_id, 'action', target.name, 'timeoutMs', lambda.timeout_ms(target.timeout_ms), 'caller', caller,
            'options', options, part, payload);
    end if;
end
$$;
comment on function lambda.request(lambda.functions, text, text, json, jsonb) is
    'Private: the JSON that a function is sent.';
