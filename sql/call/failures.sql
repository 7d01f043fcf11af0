-- What aws_lambda.invoke raised, as an error of ours.

-- pglambda_private.failure(detail): type and message of a function's failure, from the DETAIL of "lambda invocation
-- failed":
--     ... returned error "Unhandled", details: "{"errorType": ..., "errorMessage": ..., "stackTrace": [...]}".
-- The details may be JSON, JSON with escaped quotes, or JSON that is cut short. Never raises. A type is the name of a
-- class or an error of Lambda, so anything else is left out.
create or replace function pglambda_private.failure(detail text, out error_type text, out error_message text)
    language plpgsql
    stable
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
    error_type := substring(error_type from '^[A-Za-z0-9_.$]{1,200}$');
    error_message := coalesce(error_message, details);
end
$$;
comment on function pglambda_private.failure(text) is 'Type and message of a function''s failure.';

-- pglambda_private.function_error(target, call_id, detail): the error for a function that ran and failed, from
-- aws_lambda's DETAIL. 39L01 when Lambda stopped it at its time-out or its environment was killed, 54000 when its reply
-- was over 6 MB or a program of the caller (an expression, a schema) did not end, 38000 otherwise. The message of any
-- other failure stays in the function's log: it may hold anything.
create or replace function pglambda_private.function_error(target pglambda.functions, call_id text, detail text)
    returns jsonb
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    failure constant record := pglambda_private.failure(detail);
    look constant text := format('Look for call %s in the function''s log.', call_id);
begin
    if failure.error_type = 'Function.ResponseSizeTooLarge' then
        return pglambda_private.error(
            '54000', format('the reply of function %L is over 6 MB, the limit of Lambda', target.name),
            format('The function has run, in call %s.', call_id),
            'Ask for less, or let the function store its result and return where the result is.');
    elsif failure.error_type = 'dev.pglambda.program.ProgramLimitError' then
        return pglambda_private.error(
            '54000', regexp_replace(failure.error_message, ' \(item [0-9]+ of [0-9]+\)$', ''),
            coalesce('Busy with ' || substring(failure.error_message from ' \((item [0-9]+ of [0-9]+)\)$') || '. ', '')
            || 'The environment of the function ended with it; the next call gets a new one.',
            'Send a shorter expression or schema, or smaller items, or give the call more time.');
    elsif failure.error_type = 'Sandbox.Timedout'
          or (failure.error_type is null and failure.error_message ~ 'Task timed out after') then
        return pglambda_private.error(
            '39L01', format('function %L was stopped at its own time-out', target.name),
            format('It has run, in call %s, and how far it came is not known.', call_id),
            look || ' Raise the time-out of the function, or give it less to do.');
    elsif failure.error_type = 'Runtime.ExitError' and failure.error_message ~ 'signal: (killed|terminated)' then
        return pglambda_private.error(
            '39L01', format('function %L was killed while it ran', target.name),
            format('It has run, in call %s, and how far it came is not known.', call_id),
            look || ' A function that needs more memory than it has is killed, too.');
    end if;
    return pglambda_private.error(
        '38000', format('function %L failed', target.name),
        format('%s in call %s.', coalesce(failure.error_type, 'An error without a type'), call_id), look);
end
$$;
comment on function pglambda_private.function_error(pglambda.functions, text, text) is
    'The error for a function that ran and failed.';

-- pglambda_private.call_error(target, call_id, state, message, detail, hint): our error for one that aws_lambda.invoke
-- raised. 39000 when the function was certainly not run, 39L01 when it may have run, 54000 when the request was too
-- large, 38000 when the reply is not JSON, or an error of pglambda_private.function_error.
-- Operators read the words of AWS and the ARN in DETAIL. For others, the server's log has them.
create or replace function pglambda_private.call_error(
    target pglambda.functions, call_id text, state text, message text, detail text, hint text
)
    returns jsonb
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
    set client_min_messages = warning       -- keeps what is logged from the client, whatever it asks for
as $$
declare
    cause constant text := pglambda_private.cause(state, message, detail, hint);
    -- DETAIL of a reply that is not JSON is a part of the reply.
    words constant text := case when cause = 'not json' then message
                                else concat_ws(' ', message || ':', nullif(detail, ''), nullif(hint, '')) end;
    not_run constant boolean := cause not in ('not json', 'timed out', 'no answer');
    code constant text := case when cause = 'too large' then '54000' when cause = 'not json' then '38000'
                               when not_run then '39000' else '39L01' end;
    subject constant text := format('function %L ', target.name);
    happened constant text := case
        when cause = 'too large' then format('the request to function %L is over the limit of Lambda', target.name)
        when cause = 'not json' then format('the reply of function %L is not JSON that PostgreSQL accepts', target.name)
        when cause = 'throttled' then subject || 'is throttled: too many of its calls run at the same time'
        when cause = 'not ready' then subject || 'is not ready to be called'
        when cause = 'unknown' then subject || 'is registered, and there is no such function'
        when cause in ('no role', 'forbidden', 'no right') then subject || 'may not be called by this database'
        when cause = 'unreachable' then subject || 'cannot be reached'
        when cause = 'timed out' then
            subject || format('did not answer within %s ms', pglambda_private.timeout_ms(null))
        when cause = 'no answer' then subject || 'was called, and its answer was lost'
        else subject || 'could not be called'
    end;
    known constant text := case
        when cause = 'not json' then format('The function has run, in call %s.', call_id)
        when cause = 'setting' then 'Nothing was called: ' || message || '.'
        when not_run then 'Nothing was called.'
        else format('It may have run, or may still run, in call %s.', call_id)
    end;
    look constant text := format('Look for call %s in the function''s log.', call_id);
    again constant text := case
        when cause = 'not json' then look
        when cause = 'too large' then 'Send less, or send where the data is stored, such as an S3 key.'
        when cause in ('throttled', 'not ready') then 'Call again later.'
        when cause = 'setting' then pglambda_private.repair(target, cause)
        when not_run then 'An operator sees what to do with: select * from pglambda.check();'
        else look || ' Call again only if the function may run twice.'
    end;
begin
    if cause = 'failed' then
        return pglambda_private.function_error(target, call_id, detail);
    elsif pglambda_private.is_operator() then
        return pglambda_private.error(
            code, happened,
            format(E'%s It is registered as %s.\n%s', known, concat_ws(':', target.arn, target.qualifier), words),
            case when cause in ('not json', 'too large', 'no answer') then again
                 when cause = 'timed out' then again || ' ' || pglambda_private.repair(target, cause)
                 else pglambda_private.repair(target, cause) end);
    end if;
    raise log 'pglambda: call % of function %: %', call_id, target.name, words;
    return pglambda_private.error(code, happened, known, again);
end
$$;
comment on function pglambda_private.call_error(pglambda.functions, text, text, text, text, text) is
    'Our error for one that aws_lambda.invoke raised.';
