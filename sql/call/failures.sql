-- What aws_lambda.invoke raised, as an error of ours.

-- pglambda_private.failure(detail): type and message of a function's failure, from the DETAIL of "lambda invocation
-- failed":
--     ... returned error "Unhandled", details: "{"errorType": ..., "errorMessage": ..., "stackTrace": [...]}".
-- The details may be JSON, JSON with escaped quotes, or JSON that is cut short. Of anything else, the first 200
-- characters are the message. The stack trace is left out. Never raises.
create or replace function pglambda_private.failure(detail text, out error_type text, out error_message text)
    language plpgsql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
declare
    details constant text := coalesce(substring(detail from 'details: "(.*)"\.?\s*$'), detail);
begin
    begin
        error_type := details::jsonb ->> 'errorType';
        error_message := details::jsonb ->> 'errorMessage';
    exception
        when data_exception then    -- not JSON, so look for the two fields
            error_type := substring(details from 'errorType\\?"\s*:\s*\\?"([^"\\]*)');
            error_message := substring(details from 'errorMessage\\?"\s*:\s*\\?"((?:[^"\\]|\\[^"])*)');
    end;
    if error_type is null and error_message is null then
        error_message := left(split_part(split_part(details, 'stackTrace', 1), E'\n', 1), 200);
    end if;
    error_message := left(error_message, 2000);
end
$$;
comment on function pglambda_private.failure(text) is 'Type and message of a function''s failure.';

-- pglambda_private.function_error(name, call_id, detail): the error for a function that ran and failed, from
-- aws_lambda's DETAIL. 39000 when Lambda stopped it at its time-out, 54000 when its reply was over 6 MB or a program of
-- the caller (an expression, a schema) did not end, 38000 otherwise.
create or replace function pglambda_private.function_error(name text, call_id text, detail text)
    returns jsonb
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    failure constant record := pglambda_private.failure(detail);
begin
    if failure.error_type = 'Function.ResponseSizeTooLarge' then
        return pglambda_private.error(
            '54000', format('the reply of function %L is over 6 MB, the limit of Lambda', name),
            failure.error_message,
            'Ask for less, or let the function store its result and return where the result is.');
    elsif failure.error_type = 'dev.pglambda.program.ProgramLimitError' then
        return pglambda_private.error(
            '54000', regexp_replace(failure.error_message, ' \(item [0-9]+ of [0-9]+\)$', ''),
            coalesce('Busy with ' || substring(failure.error_message from ' \((item [0-9]+ of [0-9]+)\)$') || '. ', '')
            || 'The environment of the function ended with it; the next call gets a new one.',
            'Send a shorter expression or schema, or smaller items, or give the call more time.');
    elsif failure.error_type = 'Sandbox.Timedout'
          or (failure.error_type is null and failure.error_message like '%Task timed out after%') then
        return pglambda_private.error(
            '39000', format('function %L timed out', name), failure.error_message,
            'Raise the time-out of the Lambda function, or give it less to do.');
    end if;
    return pglambda_private.error(
        '38000', format('function %L failed', name), concat_ws(': ', failure.error_type, failure.error_message),
        format('Look for call %s in the function''s log.', call_id));
end
$$;
comment on function pglambda_private.function_error(text, text, text) is
    'The error for a function that ran and failed.';

-- pglambda_private.call_error(target, call_id, state, message, detail, hint): our error for one that aws_lambda.invoke
-- raised: 39000 when the function could not be called, 54000 when the request was too large for Lambda, or an error of
-- pglambda_private.function_error. An error that is not aws_lambda's stays as it is.
create or replace function pglambda_private.call_error(
    target pglambda.functions, call_id text, state text, message text, detail text, hint text
)
    returns jsonb
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
begin
    if message = 'lambda invocation failed' then
        return pglambda_private.function_error(target.name, call_id, detail);
    elsif message = 'invoke API failed' and detail ~ 'Request(Entity)?TooLarge|must be smaller than' then
        return pglambda_private.error(
            '54000', format('the request to function %L is over the limit of Lambda', target.name), detail,
            'Send less, or send where the data is stored, such as an S3 key.');
    elsif message = 'invoke API failed' then
        return pglambda_private.error(
            '39000', format('function %L could not be called', target.name), nullif(detail, ''),
            format('It is registered as %s, and a call may take %s ms (aws_lambda.request_timeout_ms). '
                   'Check the name, the network and the database''s IAM role.',
                   concat_ws(':', target.arn, target.qualifier), pglambda_private.timeout_ms(null)));
    elsif state in ('3F000', '42883', '42501') then     -- no schema, no function, no right to use it
        return pglambda_private.error(
            '39000', format('function %L could not be called: pglambda_owner cannot use aws_lambda', target.name),
            message,
            'Install the bundle again as a member of rds_superuser: it creates the extension and grants its use.');
    elsif state in ('22P02', '22P05') then              -- not JSON, or JSON that jsonb cannot hold
        return pglambda_private.error(
            '38000', format('the reply of function %L is not JSON that PostgreSQL accepts', target.name),
            concat_ws(': ', message, left(detail, 200)), format('Look for call %s in the function''s log.', call_id));
    end if;
    return pglambda_private.error(state, message, nullif(detail, ''), nullif(hint, ''));
end
$$;
comment on function pglambda_private.call_error(pglambda.functions, text, text, text, text, text) is
    'Our error for one that aws_lambda.invoke raised.';
