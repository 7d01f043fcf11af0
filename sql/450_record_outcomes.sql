-- pglambda_private.record_outcomes(ids, lease, outcomes): ends a claim with what pglambda_private.call_claimed returned: items are done,
-- wait for another attempt, or are dead. Null outcomes give them back as if they had not been claimed.
-- Does nothing to items whose lease was over and which others have claimed since.
-- Callers: private; pglambda.deliver. Granted to pglambda_operator: deliver has only its caller's rights.
create or replace function pglambda_private.record_outcomes(ids bigint[], lease timestamptz, outcomes jsonb[])
    returns void
    language plpgsql
    security definer            -- operators have no right to write the table itself
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
           due_at = case ended.state when 'waiting' then moment + pglambda_private.back_off(o.attempts) else o.due_at end,
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
    'Private: ends a claim with what was returned for its items.';
