-- lambda.call(target, call_id, request): sends a request, waits, and returns the reply as it came.
-- Raises what lambda.raise_call_failure says. A cancelled statement stays cancelled: others does not catch that.
-- Callers: private; every form of synchronous call.
create or replace function lambda.call(target lambda.functions, call_id uuid, request json)
    returns jsonb
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    reply jsonb;
    state text;
    message text;
    detail text;
begin
    select i.payload::jsonb into reply
      from aws_lambda.invoke(
               target.arn, request, target.region, 'RequestResponse', 'None', null::json, target.qualifier) i;
    return reply;
exception
    when others then
        get stacked diagnostics state = returned_sqlstate, message = message_text, detail = pg_exception_detail;
        perform lambda.raise_call_failure(target, call_id, state, message, detail);
        raise;
end
$$;
comment on function lambda.call(lambda.functions, uuid, json) is 'Private: sends a request and returns the reply.';
