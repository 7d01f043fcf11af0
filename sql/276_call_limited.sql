-- pglambda_private.call_limited(target, call_id, request): pglambda_private.call within the function's max_concurrency. The time waited for
-- a slot counts: the request then says what is left. 39000 as a reply when none got free in time.
-- The slots are session-level locks: transaction-level ones would be held until the caller commits. They are freed when
-- the call ends, however it ends; those of a session that dies, by the server.
-- Callers: private; pglambda_private.call.
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
            null, 'Try again later, or let an operator raise max_concurrency with pglambda.register.');
    end if;
    if left_ms < budget then
        -- The first member of that name is the request's own: before it come only the id and the action.
        request := regexp_replace(request::text, '("timeoutMs" : )[0-9]+', '\1' || left_ms);
    end if;
    reply := pglambda_private.call(unlimited, call_id, request);
    perform pg_advisory_unlock(pglambda_private.slot_class(), slot);
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
    'Private: sends a request within the function''s max_concurrency.';
