-- Calling a function: once, and again while Lambda says that it has not run.

-- pglambda_private.send(target, call_id, left_ms, part, payload, options, ids): sends a request, waits, and returns the
-- reply as it came, or an error in the form of a reply: 54000 when the request is over the 6 MB that Lambda takes, and
-- the errors of pglambda_private.call_error. part to ids are as for pglambda_private.request. A call that Lambda is not
-- ready for has certainly not run: it is made again, with growing and random pauses, within left_ms.
-- Raises only 57014: "others" does not catch a cancelled statement.
create or replace function pglambda_private.send(
    target pglambda.functions, call_id text, left_ms integer, part text, payload json, options jsonb, ids json
)
    returns jsonb
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    start constant timestamptz := clock_timestamp();
    remaining_ms integer := left_ms;
    pause_ms double precision := 20;
    request json;
    reply jsonb;
    state text;
    message text;
    detail text;
    hint text;
begin
    loop
        request := pglambda_private.request(target, call_id, remaining_ms, part, payload, options, ids);
        if octet_length(request::text) > pglambda_private.max_bytes() then
            return pglambda_private.error(
                '54000', format('the request to function %L has %s bytes, and Lambda takes %s', target.name,
                                octet_length(request::text), pglambda_private.max_bytes()),
                'Nothing was called.', 'Send less, or send where the data is stored, such as an S3 key.');
        end if;
        begin
            select i.payload::jsonb into reply
              from aws_lambda.invoke(
                       target.arn, request, target.region, 'RequestResponse', 'None', null::json, target.qualifier) i;
            return reply;
        exception
            when others then
                get stacked diagnostics
                    state = returned_sqlstate, message = message_text, detail = pg_exception_detail,
                    hint = pg_exception_hint;
        end;
        remaining_ms := left_ms - (extract(epoch from clock_timestamp() - start) * 1000)::integer;
        if pause_ms >= remaining_ms
           or pglambda_private.cause(state, message, detail, hint) not in ('throttled', 'not ready') then
            return pglambda_private.call_error(target, call_id, state, message, detail, hint);
        end if;
        perform pg_sleep(pause_ms * (0.5 + random() / 2) / 1000);
        remaining_ms := left_ms - (extract(epoch from clock_timestamp() - start) * 1000)::integer;
        pause_ms := least(pause_ms * 1.5, 400);
    end loop;
end
$$;
comment on function pglambda_private.send(pglambda.functions, text, integer, text, json, jsonb, json) is
    'Sends a request and returns the reply.';

-- pglambda_private.call(target, call_id, part, payload, options, ids): pglambda_private.send with all the time that a
-- call may take. Where the function has a max_concurrency, the call waits for its turn within that time.
create or replace function pglambda_private.call(
    target pglambda.functions, call_id text, part text, payload json, options jsonb, ids json
)
    returns jsonb
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    left_ms constant integer := pglambda_private.timeout_ms(target.timeout_ms);
begin
    if target.max_concurrency is null then
        return pglambda_private.send(target, call_id, left_ms, part, payload, options, ids);
    end if;
    return pglambda_private.send_in_turn(target, call_id, left_ms, part, payload, options, ids);
end
$$;
comment on function pglambda_private.call(pglambda.functions, text, text, json, jsonb, json) is
    'Calls a function and returns the reply.';
