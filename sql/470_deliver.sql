-- pglambda.deliver(max_items, max_time, keep): delivers what is due, until nothing is, or so many items or so much time
-- is over; a call that runs by then is waited for. Removes what has been done for longer than keep. Null: no limit.
-- Many may run at once. One that is cancelled or killed leaves claims, which come back when their lease is over.
-- Raises 25001 inside a transaction block, because it commits: claims first, so that no lock is held during a call.
-- What commits may have neither SECURITY DEFINER nor SET. So this has its caller's rights and search_path, names
-- everything with its schema, sets the path again in each transaction, and leaves the work to functions that have both.
-- Callers: pglambda_operator.
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
        commit;     -- always refused here, in a subtransaction; in a transaction block for that reason first
    exception
        when invalid_transaction_termination then
            if sqlerrm operator(pg_catalog.=) pglambda_private.commit_refusal() then
                raise active_sql_transaction using
                    message = 'pglambda.deliver cannot run inside a transaction block or a function',
                    hint = 'It commits as it goes. Run it on its own, in autocommit mode: call pglambda.deliver();';
            end if;
    end;
    loop
        commit;
        set transaction isolation level read committed;     -- others are stopped by what a second deliverer does
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
