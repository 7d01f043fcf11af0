-- pglambda_private.max_bytes(): what Lambda lets through on a synchronous call, in bytes: the request, and the reply too.
-- Callers: private; pglambda_private.call and pglambda_private.batch_room.
create or replace function pglambda_private.max_bytes()
    returns integer
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select 6291556
$$;
comment on function pglambda_private.max_bytes() is 'Private: what Lambda lets through on a synchronous call, in bytes.';
