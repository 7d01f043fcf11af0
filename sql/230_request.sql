-- lambda.request(target, call_id, part, payload, options, ids): the JSON that a function is sent.
-- part is 'data' for one item, 'batch' for an array of them; ids has an id for each item of a batch, where they have
-- one. Built as json, so that a large payload is written once and its size is known exactly.
-- Callers: private; every form of call.
create or replace function lambda.request(
    target lambda.functions, call_id text, part text, payload json, options jsonb, ids json default null
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
    return (
        select json_object_agg(m.name, m.value) filter (where m.value is not null)
          from (values
              ('id', to_json(call_id)), ('action', to_json(target.name)),
              ('timeoutMs', to_json(lambda.timeout_ms(target.timeout_ms))), ('caller', caller),
              ('options', options::json), ('ids', ids), (part, payload)) m (name, value));
end
$$;
comment on function lambda.request(lambda.functions, text, text, json, jsonb, json) is
    'Private: the JSON that a function is sent.';
