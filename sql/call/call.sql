-- pglambda_private.call(target, call_id, request): sends a request, waits, and returns the reply as it came, or an
-- error in the form of a reply: 54000 when the request is over the 6 MB that Lambda takes, and the errors of
-- pglambda_private.call_error. Where the function has a max_concurrency, the call waits for its turn.
-- Raises only 57014: "others" does not catch a cancelled statement.
create or replace function pglambda_private.call(target pglambda.functions, call_id text, request json)
    returns jsonb
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    max_bytes constant integer := pglambda_private.max_bytes();
    bytes constant integer := octet_length(request::text);
    reply jsonb;
    state text;
    message text;
    detail text;
    hint text;
begin
    if bytes > max_bytes then
        return pglambda_private.error(
            '54000',
            format('the request to function %L has %s bytes, and Lambda takes %s', target.name, bytes, max_bytes),
            'Nothing was called.', 'Send less, or send where the data is stored, such as an S3 key.');
    elsif target.max_concurrency is not null then
        return pglambda_private.call_limited(target, call_id, request);
    end if;
    select i.payload::jsonb into reply
      from aws_lambda.invoke(
               target.arn, request, target.region, 'RequestResponse', 'None', null::json, target.qualifier) i;
    return reply;
exception
    when others then
        get stacked diagnostics
            state = returned_sqlstate, message = message_text, detail = pg_exception_detail, hint = pg_exception_hint;
        return pglambda_private.call_error(target, call_id, state, message, detail, hint);
end
$$;
comment on function pglambda_private.call(pglambda.functions, text, json) is 'Sends a request and returns the reply.';
