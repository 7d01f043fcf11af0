-- pglambda.retry(id): gives a dead durable call all its attempts again, at once.
-- Raises P0002 when there is no such item, 55000 when the item is not dead.
-- Callers: pglambda_operator.
create or replace function pglambda.retry(id bigint)
    returns void
    language plpgsql
    security definer            -- operators have no right to write the table itself
    set search_path = pg_catalog, pg_temp
as $$
declare
    state text;
begin
    update pglambda.outbox o
       set state = 'waiting', attempts = 0, due_at = clock_timestamp(), finished_at = null
     where o.id = retry.id and o.state = 'dead';
    if found then
        return;
    end if;
    select o.state into state from pglambda.outbox o where o.id = retry.id;
    if not found then
        raise no_data_found using
            message = format('the outbox has no item %s', coalesce(id::text, 'null')),
            hint = 'List the dead items: select * from pglambda.outbox where state = ''dead'';';
    end if;
    raise object_not_in_prerequisite_state using
        message = format('item %s is %s, and only dead items are retried', id, state);
end
$$;
comment on function pglambda.retry(bigint) is 'Gives a dead durable call all its attempts again.';
