-- pglambda_private.slot_key(name): the second key of a function's first slot; its other slots follow. 21 bits of the name's hash
-- leave room for 1024 slots, and max_concurrency ends at 1000. Two names that meet, one pair in two million, share
-- their slots: neither ever gets more than its own limit.
-- Callers: private; what takes and frees slots.
create or replace function pglambda_private.slot_key(name text)
    returns integer
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select ((hashtext(name) >> 10) & 2097151) << 10     -- without the sign: a key range must not wrap around
$$;
comment on function pglambda_private.slot_key(text) is 'Private: the second key of a function''s first slot.';
