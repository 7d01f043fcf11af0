-- pglambda_private.slots_taken(name): how many of the function's slots sessions of this database hold at this moment.
-- Callers: private; pglambda_private.claim.
create or replace function pglambda_private.slots_taken(name text)
    returns bigint
    language sql
    volatile
    set search_path = pg_catalog, pg_temp
as $$
    select count(*)
      from pg_locks l
     where l.locktype = 'advisory' and l.granted and l.objsubid = 2     -- two keys
       and l.database = (select d.oid from pg_database d where d.datname = current_database())
       and l.classid = pglambda_private.slot_class()::oid
       and l.objid::bigint between pglambda_private.slot_key(name) and pglambda_private.slot_key(name) + 1023
$$;
comment on function pglambda_private.slots_taken(text) is 'Private: how many of the function''s slots are taken at this moment.';
