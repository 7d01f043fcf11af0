-- pglambda_private.back_off(attempts): how long an item waits after so many failed attempts: 2 s, and 3 times as long after each
-- more, at most an hour, of which half is left to chance so that what failed together does not come back together.
-- Ten attempts take from 80 minutes to 2 hours and 40 minutes.
-- Callers: private; pglambda_private.record_outcomes.
create or replace function pglambda_private.back_off(attempts integer)
    returns interval
    language sql
    volatile
    set search_path = pg_catalog, pg_temp
as $$
    select least(2 * 3 ^ (attempts - 1), 3600) * (0.5 + random() / 2) * interval '1 second'
$$;
comment on function pglambda_private.back_off(integer) is 'Private: how long an item waits after so many failed attempts.';
