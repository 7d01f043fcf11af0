-- pglambda_private.batch_room(target, call_id, options): how many bytes of items one request has room for, commas included.
-- Less than 1 when the options alone are too large.
-- Callers: private; pglambda_private.batch_rows.
create or replace function pglambda_private.batch_room(target pglambda.functions, call_id text, options jsonb)
    returns integer
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select pglambda_private.max_bytes() - 100         -- for what calls append to the id
           - octet_length(pglambda_private.request(target, call_id, 'batch', '[]', options)::text)
$$;
comment on function pglambda_private.batch_room(pglambda.functions, text, jsonb) is
    'Private: how many bytes of items one request has room for.';
