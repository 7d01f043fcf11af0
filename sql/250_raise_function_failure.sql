-- lambda.raise_function_failure(name, call_id, detail): a function ran and failed; detail is aws_lambda's.
-- Raises 39000 when Lambda stopped it at its time-out, 54000 when its reply was over 6 MB, else 38000.
-- Callers: private; lambda.raise_call_failure.
create or replace function lambda.raise_function_failure(name text, call_id uuid, detail text)
    returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    failure constant record := lambda.failure(detail);
begin
    if failure.error_type = 'Function.ResponseSizeTooLarge' then
        perform lambda.raise_error(
            '54000', format('the reply of function %L is over the 6 MB that Lambda passes on', name),
            failure.error_message, 'Ask for less, or let the function store its result and return where it is.');
    elsif failure.error_type = 'Sandbox.Timedout'
          or (failure.error_type is null and failure.error_message like '%Task timed out after%') then
        perform lambda.raise_error(
            '39000', format('function %L timed out', name), failure.error_message,
            'Raise the time-out of the Lambda function, or give it less to do.');
    end if;
    perform lambda.raise_error(
        '38000', format('function %L failed', name), concat_ws(': ', failure.error_type, failure.error_message),
        format('Look for call %s in the function''s log.', call_id));
end
$$;
comment on function lambda.raise_function_failure(text, uuid, text) is
    'Private: raises the error for a function that ran and failed.';
