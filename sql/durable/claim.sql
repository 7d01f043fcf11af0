-- The claim of items for one call.

-- pglambda_private.end_leases(): takes back items whose deliverer is gone: their lease is over. An item with attempts
-- left waits again, due as before. An item without attempts left is dead, with 08007: the outcome of its last call is
-- unknown. Takes back 1000 items at most.
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
           error = pglambda_private.error(
               '08007', 'the outcome of the last call is not known: its deliverer is gone', null,
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
comment on function pglambda_private.end_leases() is 'Takes back items whose deliverer is gone.';

-- pglambda_private.batch_limit(target, attempts): how many items that have had so many attempts go into one call. A
-- tenth as many after each failed attempt, and one for the last attempt: an item that brings the function down is found
-- after a few calls, and no item is dead because of another one.
create or replace function pglambda_private.batch_limit(target pglambda.functions, attempts integer)
    returns integer
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select case
               when attempts >= target.max_attempts - 1 then 1
               else greatest(1, floor(target.max_batch_items / 10 ^ attempts)::integer)
           end
$$;
comment on function pglambda_private.batch_limit(pglambda.functions, integer) is
    'How many items that have had so many attempts go into one call.';

-- pglambda_private.claim(max_items): claims the items of one call: due items of one function with the same options,
-- earliest first. ids is null when nothing is due. The claim ends with pglambda_private.record_outcomes, or at lease.
-- The functions come in random order, so that a long queue of one function keeps no other waiting. Disabled functions
-- are left out, and so are those that have as many calls running as they may: waiting for a place in vain would cost
-- an attempt.
-- Callers: pglambda.deliver, with the rights of its caller.
create or replace function pglambda_private.claim(max_items integer, out ids bigint[], out lease timestamptz)
    language plpgsql
    security definer            -- deliverers have no right to write the table itself
    set search_path = pg_catalog, pg_temp
    -- The statistics of a queue are stale, and reading its indexes in their order is right whatever the planner thinks.
    -- Without these scans the plan looks expensive, so JIT is off too.
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
         where f.enabled
           and (f.max_concurrency is null
                or (select count(*) from pglambda_private.taken_places(f.name) t where t.is_place) < f.max_concurrency)
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
    -- A quarter of the room: replies may be larger than items, and a call whose reply is too large is lost.
    room := pglambda_private.batch_room(target, first.call_id::text, first.options) / 4;
    for next in     -- looks at this many and takes those that fit, rather than search a long queue for more
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
    update pglambda.outbox o
       set state = 'running', attempts = o.attempts + 1, lease_until = lease
     where o.id = any (ids);
end
$$;
comment on function pglambda_private.claim(integer) is 'Claims the items of one call.';
