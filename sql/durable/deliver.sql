-- pglambda_private.commit_refusal(): PostgreSQL's error, in the session's language, for COMMIT where it is not
-- possible, as in a function. A procedure cannot ask whether it may commit; it can only try, and compare the errors.
-- Callers: pglambda.deliver, with the rights of its caller.
create or replace function pglambda_private.commit_refusal()
    returns text
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    commit;
    return null;
exception
    when invalid_transaction_termination then
        return sqlerrm;
end
$$;
comment on function pglambda_private.commit_refusal() is 'PostgreSQL''s error for COMMIT where it is not possible.';

-- pglambda.deliver(max_items, max_time, keep): delivers items that are due, until none is, or until max_items or
-- max_time is reached; a call that is running then is waited for. Removes items that have been done for longer than
-- keep. NULL means no limit. Any number of sessions may run it at once. A session that is cancelled or killed leaves
-- claims, which end with their lease.
-- Raises 22023 for a limit that cannot be meant, and 25001 inside a transaction block: it commits each claim before the call, so that no lock is held during a
-- call. A procedure that commits can have neither SECURITY DEFINER nor SET. So this one has its caller's rights and
-- search_path, names everything with its schema, sets the path again in each transaction, and leaves the work to
-- functions that have both.
-- Callers: pglambda_operator, pglambda_deliverer.
create or replace procedure pglambda.deliver(
    max_items integer default 10000, max_time interval default '1 minute', keep interval default '7 days'
)
    language plpgsql
as $$
declare
    finish constant timestamp with time zone := pg_catalog.clock_timestamp() operator(pg_catalog.+) max_time;
    room integer := max_items;
    ids bigint[];
    lease timestamp with time zone;
    outcomes pg_catalog.jsonb[];
begin
    perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
    begin
        commit;     -- always refused in this subtransaction; in a transaction block, refused for the block
    exception
        when invalid_transaction_termination then
            if sqlerrm operator(pg_catalog.=) pglambda_private.commit_refusal() then
                raise active_sql_transaction using
                    message = 'pglambda.deliver cannot run inside a transaction block or a function',
                    hint = 'It commits as it goes. Run it alone, in autocommit mode: call pglambda.deliver();';
            end if;
    end;
    if max_items operator(pg_catalog.<) 1 or max_time operator(pg_catalog.<) interval '0'
            or keep operator(pg_catalog.<) interval '0' then
        raise invalid_parameter_value using
            message = 'pglambda.deliver cannot run with these limits',
            detail = pg_catalog.format('max_items is %s, max_time is %s, keep is %s.', max_items, max_time, keep),
            hint = 'max_items is 1 or more, max_time and keep are not negative. NULL means no limit.';
    end if;
    loop
        commit;
        set transaction isolation level read committed;     -- stricter levels fail when a second deliverer is faster
        perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
        select c.ids, c.lease into ids, lease from pglambda_private.claim(room) c;
        if ids is not null then
            commit;
            perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
            outcomes := pglambda_private.call_claimed(ids, lease);
            commit;
            set transaction isolation level read committed;
            perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
            perform pglambda_private.record_outcomes(ids, lease, outcomes);
        end if;
        commit;
        set transaction isolation level read committed;
        perform pg_catalog.set_config('search_path', 'pg_catalog, pg_temp', true);
        perform pglambda_private.purge_done(keep, pg_catalog.cardinality(ids));
        exit when ids is null or pg_catalog.clock_timestamp() operator(pg_catalog.>=) finish;
        room := room operator(pg_catalog.-) pg_catalog.cardinality(ids);
        exit when room operator(pg_catalog.<=) 0;
    end loop;
end
$$;
comment on procedure pglambda.deliver(integer, interval, interval) is 'Delivers the durable calls that are due.';
