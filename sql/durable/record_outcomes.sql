-- What becomes of an item after a call.

-- pglambda_private.is_final(outcome): whether an error would come back however often the item is sent. It would where
-- the function says so of the item: it is malformed (22), breaks a rule of the data (23), names what does not exist
-- (P0002), or is too large (54). Every other error may pass: a bug that is fixed (38, which also stands for codes that
-- say something of a session), a call that was not possible or too slow (39), a lock or a lack of resources (40, 53), a
-- right or a table that was missing (42), and the function's own codes. One attempt too many costs little; an item
-- given up too early is lost.
create or replace function pglambda_private.is_final(outcome jsonb)
    returns boolean
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select not outcome ? 'together' and (outcome #>> '{error,sqlstate}') ~ '^(22|23|54|P0002$)'
$$;
comment on function pglambda_private.is_final(jsonb) is
    'Whether an error would come back however often the item is sent.';

-- pglambda_private.back_off(attempts): how long an item waits after so many failed attempts: 2 s, then 3 times as long
-- each time, at most an hour. A random part of up to half is taken off, so that items that failed together do not come
-- back together. Ten attempts take from 80 minutes to 2 hours and 40 minutes.
create or replace function pglambda_private.back_off(attempts integer)
    returns interval
    language sql
    volatile
    set search_path = pg_catalog, pg_temp
as $$
    select least(2 * 3 ^ (attempts - 1), 3600) * (0.5 + random() / 2) * interval '1 second'
$$;
comment on function pglambda_private.back_off(integer) is 'How long an item waits after so many failed attempts.';

-- pglambda_private.record_outcomes(ids, lease, outcomes): ends a claim with the outcomes of
-- pglambda_private.call_claimed: items are done, wait for another attempt, or are dead. NULL outcomes give the items
-- back with their attempt. Items whose lease was over, and which others have claimed since, are left alone.
-- Callers: pglambda.deliver, with the rights of its caller.
create or replace function pglambda_private.record_outcomes(ids bigint[], lease timestamptz, outcomes jsonb[])
    returns void
    language plpgsql
    security definer            -- deliverers have no right to write the table itself
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set jit = off      -- as in pglambda_private.claim
as $$
declare
    moment constant timestamptz := clock_timestamp();
begin
    if outcomes is null then
        update pglambda.outbox o set state = 'waiting', attempts = o.attempts - 1, lease_until = null
         where o.id = any (ids) and o.state = 'running' and o.lease_until = lease;
        return;
    end if;
    update pglambda.outbox o
       set state = ended.state, lease_until = null,
           result = ended.outcome -> 'result', error = ended.outcome -> 'error',
           due_at = case ended.state when 'waiting' then moment + pglambda_private.back_off(o.attempts)
                                     else o.due_at end,
           finished_at = case when ended.state <> 'waiting' then moment end
      from (select r.id, u.outcome,
                   case
                       when u.outcome ? 'result' then 'done'
                       when pglambda_private.is_final(u.outcome) or r.attempts >= f.max_attempts then 'dead'
                       else 'waiting'
                   end
              from unnest(ids, outcomes) u (id, outcome)
              join pglambda.outbox r on r.id = u.id
              left join pglambda.functions f on f.name = r.function) ended (id, outcome, state)
     where o.id = ended.id and o.state = 'running' and o.lease_until = lease;
end
$$;
comment on function pglambda_private.record_outcomes(bigint[], timestamptz, jsonb[]) is
    'Ends a claim with the outcomes of its items.';
