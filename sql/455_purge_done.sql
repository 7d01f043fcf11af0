-- pglambda_private.purge_done(keep, delivered): removes some of the items that have been done for longer than keep: a thousand,
-- or as many as have just been delivered, so that the outbox does not grow for ever. Null keeps them all.
-- Callers: private; pglambda.deliver. Granted to pglambda_operator: deliver has only its caller's rights.
create or replace function pglambda_private.purge_done(keep interval, delivered integer)
    returns void
    language plpgsql
    security definer            -- operators have no right to write the table itself
    set search_path = pg_catalog, pg_temp
    set enable_seqscan = off set enable_bitmapscan = off set jit = off      -- as in pglambda_private.claim
as $$
declare
    before constant timestamptz := clock_timestamp() - keep;
begin
    delete from pglambda.outbox o
     where o.id in (select d.id
                      from pglambda.outbox d
                     where d.state = 'done' and d.finished_at is not null and d.finished_at <= before
                     order by d.finished_at
                     limit greatest(1000, delivered)
                       for update skip locked);
end
$$;
comment on function pglambda_private.purge_done(interval, integer) is 'Private: removes some of what was done long ago.';
