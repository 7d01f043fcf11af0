-- lambda.call_limited(target, call_id, request): lambda.call within the function's max_concurrency. The time waited for
-- a slot counts: the request then says what is left. 39000 as a reply when none got free in time.
-- The slots are session-level locks: transaction-level ones would be held until the caller commits. They are freed when
-- the call ends, however it ends; those of a session that dies, by the server.
-- Callers: private; lambda.call.
create or replace function lambda.call_limited(target lambda.functions, call_id text, request json)
    returns jsonb
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    budget constant integer := lambda.timeout_ms(target.timeout_ms);
    unlimited lambda.functions := target;
    slot integer;
    left_ms integer;
    reply jsonb;
begin
    unlimited.max_concurrency := null;
    select t.slot, t.left_ms into slot, left_ms from lambda.take_slot(target) t;
    if slot is null then
        return lambda.error(
            '39000',
            format('function %L is busy: %s of its calls, which is its max_concurrency, were running for %s ms',
                   target.name, target.max_concurrency, budget),
            null, 'Try again later, or let an operator raise max_concurrency with lambda.register.');
    end if;
    if left_ms < budget then
        -- The first member of that name is the request's own: before it come only the id and the action.
        request := regexp_replace(request::text, '("timeoutMs" : )[0-9]+', '\1' || left_ms);
    end if;
    reply := lambda.call(unlimited, call_id, request);
    perform pg_advisory_unlock(lambda.slot_class(), slot);
    return reply;
exception
    when query_canceled or others then
        begin
            perform lambda.free_slots(target.name);
        exception
            when query_canceled then    -- cancelled once more, right here
                perform lambda.free_slots(target.name);
        end;
        raise;
end
$$;
comment on function lambda.call_limited(lambda.functions, text, json) is
    'Private: sends a request within the function''s max_concurrency.';
