-- pglambda_private.request(target, call_id, part, payload, options, ids): the JSON that a function is sent.
-- part is 'data' for one item, 'batch' for an array of items; ids has an id for each item of a batch, where they have
-- ids. Built as json, so that a large payload is written once and its size is known exactly.
create or replace function pglambda_private.request(
    target pglambda.functions, call_id text, part text, payload json, options jsonb, ids json default null
)
    returns json
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    timeout constant integer := pglambda_private.timeout_ms(target.timeout_ms);
    caller constant json := json_build_object(
        'database', current_database(), 'user', session_user, 'application', current_setting('application_name'));
begin
    -- One statement for each set of members: an aggregate that leaves out absent ones would take three times as long.
    if options is null and ids is null then
        return json_build_object(
            'id', call_id, 'action', target.name, 'timeoutMs', timeout, 'caller', caller, part, payload);
    elsif ids is null then
        return json_build_object(
            'id', call_id, 'action', target.name, 'timeoutMs', timeout, 'caller', caller, 'options', options,
            part, payload);
    elsif options is null then
        return json_build_object(
            'id', call_id, 'action', target.name, 'timeoutMs', timeout, 'caller', caller, 'ids', ids, part, payload);
    end if;
    return json_build_object(
        'id', call_id, 'action', target.name, 'timeoutMs', timeout, 'caller', caller, 'options', options, 'ids', ids,
        part, payload);
end
$$;
comment on function pglambda_private.request(pglambda.functions, text, text, json, jsonb, json) is
    'The JSON that a function is sent.';
