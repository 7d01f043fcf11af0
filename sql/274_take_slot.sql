-- pglambda_private.take_slot(target): takes one of the function's max_concurrency slots for this session, and waits for one as
-- long as the call may take. Gives the slot's key, or null when there was none, and how many milliseconds are left.
-- It looks again and again rather than queue for a lock: a queue would be for one certain slot while another gets
-- free, and lock_timeout would end the statement. Pauses grow and differ, so that those who wait do not look together.
-- Callers: private; pglambda_private.call_limited.
create or replace function pglambda_private.take_slot(target pglambda.functions, out slot integer, out left_ms integer)
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    budget constant integer := pglambda_private.timeout_ms(target.timeout_ms);
    first constant integer := pglambda_private.slot_key(target.name);
    start constant timestamptz := clock_timestamp();
    pause_ms double precision := 2;
begin
    left_ms := budget;
    loop
        for candidate in first .. first + target.max_concurrency - 1 loop
            if pg_try_advisory_lock(pglambda_private.slot_class(), candidate) then
                slot := candidate;
                return;
            end if;
        end loop;
        perform pg_sleep(least(pause_ms * (0.5 + random()), left_ms) / 1000);
        pause_ms := least(pause_ms * 1.5, 50);
        left_ms := budget - (extract(epoch from clock_timestamp() - start) * 1000)::integer;
        exit when left_ms < 1;
    end loop;
end
$$;
comment on function pglambda_private.take_slot(pglambda.functions) is
    'Private: takes one of the function''s slots, and waits for one as long as the call may take.';
