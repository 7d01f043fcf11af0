-- pglambda.purge(older_than): removes the durable calls that were done or dead that long ago, and returns how many.
-- Raises 22004 for null, which says no age. Deliverers purge what is done; what is dead only this removes.
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
    end if;
    delete from pglambda.outbox o
     where o.state in ('done', 'dead') and o.finished_at is not null and o.finished_at <= before;
    get diagnostics purged = row_count;
    return purged;
end
$$;
comment on function pglambda.purge(interval) is 'Removes durable calls that were done or dead that long ago.';
