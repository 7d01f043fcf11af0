-- Slots: advisory locks that limit how many calls of a function run at once. A function has max_concurrency slots, and
-- a call holds one of them. Each lock has two keys: 1885826145, the letters "pgla" as a number, and the slot. Locks
-- with two keys and with one key, such as that of the installers, are never the same.
-- They are session-level locks: transaction-level locks would be held until the caller commits. The server frees the
-- slots of a session that dies.

-- pglambda_private.first_slot(name): the first slot of a function; its other slots follow. 21 bits of the name's hash
-- leave room for 1024 slots, and max_concurrency ends at 1000. Two names with the same hash, one pair in two million,
-- share their slots: neither gets more than its own limit.
create or replace function pglambda_private.first_slot(name text)
    returns integer
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select ((hashtext(name) >> 10) & 2097151) << 10     -- without the sign, so that the last slot is the largest number
$$;
comment on function pglambda_private.first_slot(text) is 'The first slot of a function.';

-- pglambda_private.taken_slots(name): the function's slots that sessions of this database hold at this moment.
create or replace function pglambda_private.taken_slots(name text)
    returns table (slot integer, pid integer)
    language sql
    volatile
    set search_path = pg_catalog, pg_temp
as $$
    select l.objid::integer, l.pid
      from pg_locks l
     where l.locktype = 'advisory' and l.granted and l.objsubid = 2     -- two keys
       and l.database = (select d.oid from pg_database d where d.datname = current_database())
       and l.classid = 1885826145
       and l.objid::bigint between pglambda_private.first_slot(name) and pglambda_private.first_slot(name) + 1023
$$;
comment on function pglambda_private.taken_slots(text) is 'The slots of a function that are taken at this moment.';

-- pglambda_private.take_slot(target): takes a slot of the function for this session, and waits for one as long as the
-- call may take. Gives the slot, or null when none was free in time, and how many milliseconds are left for the call.
-- Polls: waiting for a lock would mean waiting for one certain slot while another one gets free, and lock_timeout would
-- end the statement. The pauses grow and vary, so that waiting sessions do not look at the same moment.
create or replace function pglambda_private.take_slot(target pglambda.functions, out slot integer, out left_ms integer)
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    budget constant integer := pglambda_private.timeout_ms(target.timeout_ms);
    first constant integer := pglambda_private.first_slot(target.name);
    start constant timestamptz := clock_timestamp();
    pause_ms double precision := 2;
begin
    left_ms := budget;
    loop
        for candidate in first .. first + target.max_concurrency - 1 loop
            if pg_try_advisory_lock(1885826145, candidate) then
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
    'Takes a slot of the function, and waits for one as long as the call may take.';

-- pglambda_private.free_slots(name): frees every slot of the function that this session holds. For a cancelled
-- statement, which may have ended between taking a slot and knowing it.
create or replace function pglambda_private.free_slots(name text)
    returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    perform pg_advisory_unlock(1885826145, t.slot)
       from pglambda_private.taken_slots(name) t
      where t.pid = pg_backend_pid();
end
$$;
comment on function pglambda_private.free_slots(text) is 'Frees every slot of the function that this session holds.';

-- pglambda_private.call_limited(target, call_id, request): pglambda_private.call within the function's max_concurrency.
-- The time waited for a slot counts: the request says how much is left. 39000 as a reply when no slot was free in time.
-- The slot is freed when the call ends, however it ends.
create or replace function pglambda_private.call_limited(target pglambda.functions, call_id text, request json)
    returns jsonb
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    budget constant integer := pglambda_private.timeout_ms(target.timeout_ms);
    unlimited pglambda.functions := target;
    slot integer;
    left_ms integer;
    reply jsonb;
begin
    unlimited.max_concurrency := null;
    select t.slot, t.left_ms into slot, left_ms from pglambda_private.take_slot(target) t;
    if slot is null then
        return pglambda_private.error(
            '39000',
            format('function %L is busy: %s of its calls, which is its max_concurrency, were running for %s ms',
                   target.name, target.max_concurrency, budget),
            'Nothing was called.', 'Try again later, or let an operator raise max_concurrency with pglambda.register.');
    end if;
    if left_ms < budget then
        -- The first member of that name is the request's own: only the id and the action come before it.
        request := regexp_replace(request::text, '("timeoutMs" : )[0-9]+', '\1' || left_ms);
    end if;
    reply := pglambda_private.call(unlimited, call_id, request);
    perform pg_advisory_unlock(1885826145, slot);
    return reply;
exception
    when query_canceled or others then
        begin
            perform pglambda_private.free_slots(target.name);
        exception
            when query_canceled then    -- cancelled once more, right here
                perform pglambda_private.free_slots(target.name);
        end;
        raise;
end
$$;
comment on function pglambda_private.call_limited(pglambda.functions, text, json) is
    'Sends a request within the function''s max_concurrency.';
