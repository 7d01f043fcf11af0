-- pglambda_private.function_error(name, call_id, detail): the error for a function that ran and failed; detail is aws_lambda's.
-- 39000 when Lambda stopped it at its time-out, 54000 when its reply was over 6 MB, else 38000.
-- Callers: private; pglambda_private.call_error.
create or replace function pglambda_private.function_error(name text, call_id text, detail text)
    returns jsonb
    language plpgsql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
declare
    failure constant record := pglambda_private.failure(detail);
begin
    if failure.error_type = 'Function.ResponseSizeTooLarge' then
        return pglambda_private.error(
            '54000', format('the reply of function %L is over the 6 MB that Lambda passes on', name),
            failure.error_message, 'Ask for less, or let the function store its result and return where it is.');
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
comment on function pglambda_private.function_error(text, text, text) is 'Private: the error for a function that ran and failed.';
