-- pglambda_private.claim(max_items): claims what one call can carry: due items of one function with the same options, earliest
-- first. ids is null when nothing is due. The claim ends by pglambda_private.record_outcomes, or at lease.
-- Functions are drawn by lot, so that a long queue of one keeps no other waiting. Disabled ones are left alone, and those
-- that have as many calls running as they may: waiting for a slot in vain would cost an attempt.
-- Callers: private; pglambda.deliver. Granted to pglambda_operator: deliver has only its caller's rights.
create or replace function pglambda_private.claim(max_items integer, out ids bigint[], out lease timestamptz)
    language plpgsql
    security definer            -- operators have no right to write the table itself
    set search_path = pg_catalog, pg_temp
    -- The statistics of a queue are stale. Its indexes in their order are right, whatever the planner thinks; and JIT
    -- would take the cost of what is off for that of a large query.
    set enable_seqscan = off set enable_bitmapscan = off set jit = off
as $$
declare
    moment constant timestamptz := clock_timestamp();
    target pglambda.functions;
    first pglambda.outbox;
    next record;
    room integer;
begin
    perform pglambda_private.end_leases();
    for target in
        select f.*
          from pglambda.functions f
         where f.enabled and (f.max_concurrency is null or pglambda_private.slots_taken(f.name) < f.max_concurrency)
         order by random()
    loop
        select o.* into first
          from pglambda.outbox o
         where o.state = 'waiting' and o.function = target.name and o.due_at <= moment
         order by o.due_at, o.id
         limit 1
           for update skip locked;
        exit when found;
    end loop;
    if first.id is null then
        return;
    end if;
    -- A quarter of it: replies may be larger than items, and a reply that is too large is a call in vain.
    room := pglambda_private.batch_room(target, first.call_id::text, first.options) / 4;
    for next in     -- looks at so many and takes what fits, rather than search a long queue for more
        select o.id, o.item, o.attempts = first.attempts and o.options is not distinct from first.options as fits
          from pglambda.outbox o
         where o.state = 'waiting' and o.function = target.name and o.due_at <= moment
         order by o.due_at, o.id
         limit least(max_items, pglambda_private.batch_limit(target, first.attempts))
           for update skip locked
    loop
        continue when not next.fits;
        room := room - octet_length(next.item::text) - 41;      -- an id and commas
        exit when room < 0 and ids is not null;
        ids := ids || next.id;
    end loop;
    lease := clock_timestamp() + pglambda_private.call_limit() + interval '5 seconds';
    update pglambda.outbox o set state = 'running', attempts = o.attempts + 1, lease_until = lease where o.id = any (ids);
end
$$;
comment on function pglambda_private.claim(integer) is 'Private: claims what one call can carry.';
