-- lambda.function_error(name, call_id, detail): the error for a function that ran and failed; detail is aws_lambda's.
-- 39000 when Lambda stopped it at its time-out, 54000 when its reply was over 6 MB or a program of the caller did not
-- end, otherwise 38000.
-- Callers: private; lambda.call_error.
create or replace function lambda.function_error(name text, call_id text, detail text)
    returns jsonb
    language plpgsql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
declare
    failure constant record := lambda.failure(detail);
begin
    if failure.error_type = 'Function.ResponseSizeTooLarge' then
        return lambda.error(
            '54000', format('the reply of function %L is over the 6 MB that Lambda passes on', name),
            failure.error_message, 'Ask for less, or let the function store its result and return where it is.');
    elsif failure.error_type = 'dev.pglambda.program.ProgramLimitError' then
        return lambda.error(
            '54000', regexp_replace(failure.error_message, ' \(item [0-9]+ of [0-9]+\)$', ''),
            'Busy with ' || substring(failure.error_message from ' \((item [0-9]+ of [0-9]+)\)$'),
            'Send a shorter expression or schema, or smaller items, or give the call more time.');
    elsif failure.error_type = 'Sandbox.Timedout'
          or (failure.error_type is null and failure.error_message like '%Task timed out after%') then
        return lambda.error(
            '39000', format('function %L timed out', name), failure.error_message,
            'Raise the time-out of the Lambda function, or give it less to do.');
    end if;
    return lambda.error(
        '38000', format('function %L failed', name), concat_ws(': ', failure.error_type, failure.error_message),
        format('Look for call %s in the function''s log.', call_id));
end
$$;
comment on function lambda.function_error(text, text, text) is 'Private: the error for a function that ran and failed.';
