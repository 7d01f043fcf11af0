-- pglambda_private.end_leases(): takes back what deliverers claimed and will not finish: their lease is over.
-- What has an attempt left waits again, due as before: the lease was its back-off. The rest is dead, with 08007:
-- nobody knows what became of its last call. At most 1000 at a time.
-- Callers: private; pglambda_private.claim.
create or replace function pglambda_private.end_leases()
    returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    moment constant timestamptz := clock_timestamp();
begin
    update pglambda.outbox o
       set state = ended.state, lease_until = null,
           finished_at = case when ended.state = 'dead' then moment end,
           error = pglambda_private.error('08007', 'the outcome of the last call is not known: its deliverer is gone', null,
                                format('Look for call %s in the function''s log.', o.call_id)) -> 'error'
      from (select r.id, case when r.attempts >= f.max_attempts then 'dead' else 'waiting' end
              from pglambda.outbox r
              left join pglambda.functions f on f.name = r.function
             where r.state = 'running' and r.lease_until <= moment
             order by r.lease_until
             limit 1000
               for update of r skip locked) ended (id, state)
     where o.id = ended.id;
end
$$;
comment on function pglambda_private.end_leases() is 'Private: takes back what deliverers claimed and will not finish.';
