-- pglambda_private.free_slots(name): frees whatever slot of the function this session holds, for when a cancelled statement may
-- have ended between taking a slot and knowing it.
-- Callers: private; pglambda_private.call_limited.
create or replace function pglambda_private.free_slots(name text)
    returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_advisory_unlock(l.classid::integer, l.objid::integer)
       from pg_locks l
      where l.locktype = 'advisory' and l.pid = pg_backend_pid() and l.objsubid = 2     -- two keys
        and l.classid = pglambda_private.slot_class()::oid
        and l.objid::bigint between pglambda_private.slot_key(name) and pglambda_private.slot_key(name) + 1023;
end
$$;
comment on function pglambda_private.free_slots(text) is 'Private: frees whatever slot of the function this session holds.';
