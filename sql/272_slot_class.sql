-- pglambda_private.slot_class(): the first key of the advisory locks that limit how many calls of a function run at once: the
-- letters "pgla" read as one number. The second key is the function's: see pglambda_private.slot_key. Locks with two keys never
-- meet those with one, such as the installers'.
-- Callers: private; what takes and frees slots.
create or replace function pglambda_private.slot_class()
    returns integer
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select 1885826145
$$;
comment on function pglambda_private.slot_class() is 'Private: the first key of the advisory locks that limit calls.';
