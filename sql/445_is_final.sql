-- pglambda_private.is_final(outcome): whether an error would come again however often the item were sent.
-- It would where the function says so of the item itself: it is malformed (22), breaks a rule of the data (23), names
-- what is not there (P0002), asks for what is not supported (0A), or is too large (54). Everything else may be over:
-- a bug that is mended (38), a call that was not possible or too slow (39), trouble of the network or a server (08, 40,
-- 53, 57, 58), a right or table that was missing (42), and what only the function knows. An attempt too many costs
-- little; an item given up too early is lost work.
-- Callers: private; pglambda_private.record_outcomes.
create or replace function pglambda_private.is_final(outcome jsonb)
    returns boolean
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select not outcome ? 'together' and (outcome #>> '{error,sqlstate}') ~ '^(22|23|0A|54|P0002$)'
$$;
comment on function pglambda_private.is_final(jsonb) is
    'Private: whether an error would come again however often the item were sent.';
