-- pglambda.purge(older_than): removes the durable calls that have been done or dead for that long. Returns how many.
-- Deliverers remove done items as well; dead items are removed only here.
-- Raises 22004 for NULL, and 22023 for a negative age, which would remove what nobody has looked at.
-- Callers: pglambda_operator.
create or replace function pglambda.purge(older_than interval)
    returns bigint
    language plpgsql
    security definer            -- operators have no right to write the table itself
    set search_path = pg_catalog, pg_temp
as $$
declare
    before constant timestamptz := clock_timestamp() - older_than;
    purged bigint;
begin
    if before is null then
        raise null_value_not_allowed using
            message = 'purge needs an age', hint = 'For example: select pglambda.purge(interval ''30 days'');';
    elsif older_than < interval '0' then
        raise invalid_parameter_value using
            message = 'the age for purge is negative', detail = format('It is %s.', older_than),
            hint = 'It is zero or more, such as 30 days.';
    end if;
    delete from pglambda.outbox o
     where o.state in ('done', 'dead') and o.finished_at is not null and o.finished_at <= before;
    get diagnostics purged = row_count;
    return purged;
end
$$;
comment on function pglambda.purge(interval) is 'Removes durable calls that have been done or dead for that long.';

-- pglambda_private.purge_done(keep, delivered): removes some of the items that have been done for longer than keep:
-- 1000, or as many as have just been delivered, so that the outbox does not grow for ever. With NULL for keep, removes
-- nothing.
-- Callers: pglambda.deliver, with the rights of its caller.
create or replace function pglambda_private.purge_done(keep interval, delivered integer)
    returns void
    language plpgsql
    security definer            -- deliverers have no right to write the table itself
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
comment on function pglambda_private.purge_done(interval, integer) is
    'Removes some of the items that were done long ago.';
