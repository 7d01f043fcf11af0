-- Turns: advisory locks that limit how many calls of a function run at once. A function has max_concurrency places, and
-- a call holds one of them. Who finds none waits in a queue: one more lock, which PostgreSQL gives in the order of
-- arrival. Only the first of the queue looks for a free place, and while there is a queue nobody passes it.
-- Each lock has two keys: 1885826145, the letters "pgla" as a number, and the place. They are session-level locks:
-- transaction-level locks would be held until the caller commits. The server frees the locks of a session that dies.

-- pglambda_private.first_place(name): the first place of a function. The others follow, and the queue is the 1024th:
-- max_concurrency ends at 1000. Two names with the same 21 bits of a hash, one pair in two million, share their places:
-- neither gets more than its limit.
create or replace function pglambda_private.first_place(name text)
    returns integer
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select ((hashtext(name) >> 10) & 2097151) << 10     -- without the sign, so that the last place is the largest
$$;
comment on function pglambda_private.first_place(text) is 'The first place of a function.';

-- pglambda_private.taken_places(name): the function's locks that sessions of this database hold at this moment. For the
-- queue, is_place is false.
create or replace function pglambda_private.taken_places(name text)
    returns table (place integer, is_place boolean, pid integer, mode text)
    language sql
    volatile
    set search_path = pg_catalog, pg_temp
as $$
    select l.objid::integer, l.objid::bigint < pglambda_private.first_place(name) + 1023, l.pid, l.mode
      from pg_locks l
     where l.locktype = 'advisory' and l.granted and l.objsubid = 2     -- two keys
       and l.database = (select d.oid from pg_database d where d.datname = current_database())
       and l.classid = 1885826145
       and l.objid::bigint between pglambda_private.first_place(name) and pglambda_private.first_place(name) + 1023
$$;
comment on function pglambda_private.taken_places(text) is 'The locks of a function that are held at this moment.';

-- pglambda_private.free_place(target): takes a free place for this session, or gives null. Begins anywhere, so that a
-- function with few calls has one at the first try.
create or replace function pglambda_private.free_place(target pglambda.functions)
    returns integer
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    first constant integer := pglambda_private.first_place(target.name);
    start constant integer := floor(random() * target.max_concurrency);
    place integer;
begin
    for i in start .. start + target.max_concurrency - 1 loop
        place := first + i % target.max_concurrency;
        if pg_try_advisory_lock(1885826145, place) then
            return place;
        end if;
    end loop;
    return null;
end
$$;
comment on function pglambda_private.free_place(pglambda.functions) is 'Takes a free place for this session.';

-- pglambda_private.take_place(target, wait_ms): takes a place for this session, and waits for it. Null when there was
-- none in time. The first of the queue looks every millisecond, and less often the longer it has waited.
-- Raises 55P03 when it was never the first. The caller sets lock_timeout back.
create or replace function pglambda_private.take_place(target pglambda.functions, wait_ms integer)
    returns integer
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    queue constant integer := pglambda_private.first_place(target.name) + 1023;
    finish constant timestamptz := clock_timestamp() + wait_ms * interval '1 millisecond';
    place integer;
    first_since timestamptz;
begin
    if pg_try_advisory_lock_shared(1885826145, queue) then      -- nobody waits
        place := pglambda_private.free_place(target);
        perform pg_advisory_unlock_shared(1885826145, queue);
    end if;
    if place is null then
        perform set_config('lock_timeout', wait_ms::text, true);
        perform pg_advisory_lock(1885826145, queue);
        first_since := clock_timestamp();
        loop
            place := pglambda_private.free_place(target);
            exit when place is not null or clock_timestamp() >= finish;
            perform pg_sleep(least(greatest(0.001, extract(epoch from clock_timestamp() - first_since) / 8), 0.02));
        end loop;
        perform pg_advisory_unlock(1885826145, queue);
    end if;
    return place;
end
$$;
comment on function pglambda_private.take_place(pglambda.functions, integer) is 'Takes a place, and waits for it.';

-- pglambda_private.leave(name): frees all locks of the function that this session holds: after an error, which may
-- have come between taking a lock and knowing it.
create or replace function pglambda_private.leave(name text)
    returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform case t.mode when 'ShareLock' then pg_advisory_unlock_shared(1885826145, t.place)
                        else pg_advisory_unlock(1885826145, t.place) end
       from pglambda_private.taken_places(name) t
      where t.pid = pg_backend_pid();
end
$$;
comment on function pglambda_private.leave(text) is 'Frees all locks of the function that this session holds.';

-- pglambda_private.send_in_turn(...): pglambda_private.send within the function's max_concurrency. The time waited
-- counts: the request says how much is left. 39000 as a reply when no place was free in time. However the call ends,
-- its place is free afterwards.
create or replace function pglambda_private.send_in_turn(
    target pglambda.functions, call_id text, left_ms integer, part text, payload json, options jsonb, ids json
)
    returns jsonb
    language plpgsql
    set search_path = pg_catalog, pg_temp
    set lock_timeout = 0        -- the caller's would end the statement
as $$
declare
    start constant timestamptz := clock_timestamp();
    place integer;
    remaining_ms integer;
    reply jsonb;
begin
    place := pglambda_private.take_place(target, left_ms);
    if place is null then
        return pglambda_private.busy(target, left_ms);
    end if;
    remaining_ms := left_ms - (extract(epoch from clock_timestamp() - start) * 1000)::integer;
    reply := pglambda_private.send(target, call_id, greatest(remaining_ms, 1), part, payload, options, ids);
    perform pg_advisory_unlock(1885826145, place);
    return reply;
exception
    when query_canceled or others then
        begin
            perform pglambda_private.leave(target.name);
        exception
            when query_canceled then    -- cancelled once more, right here
                perform pglambda_private.leave(target.name);
        end;
        if sqlstate = '55P03' then
            return pglambda_private.busy(target, left_ms);
        end if;
        raise;
end
$$;
comment on function pglambda_private.send_in_turn(pglambda.functions, text, integer, text, json, jsonb, json) is
    'Sends a request within the function''s max_concurrency.';
