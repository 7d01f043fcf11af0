-- lambda.max_bytes(): what Lambda lets through on a synchronous call, in bytes: the request, and the reply too.
-- Callers: private; lambda.call and lambda.batch_room.
create or replace function lambda.max_bytes()
    returns integer
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select 6291556
$$;
comment on function lambda.max_bytes() is 'Private: what Lambda lets through on a synchronous call, in bytes.';
