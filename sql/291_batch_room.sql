-- lambda.batch_room(target, call_id, options): how many bytes of items one request has room for, commas included.
-- Less than 1 when the options alone are too large.
-- Callers: private; lambda.batch_rows.
create or replace function lambda.batch_room(target lambda.functions, call_id text, options jsonb)
    returns integer
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select lambda.max_bytes() - 100         -- for what calls append to the id
           - octet_length(lambda.request(target, call_id, 'batch', '[]', options)::text)
$$;
comment on function lambda.batch_room(lambda.functions, text, jsonb) is
    'Private: how many bytes of items one request has room for.';
