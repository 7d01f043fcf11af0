-- pglambda_private.call_error(target, call_id, state, message, detail, hint): our error for one of aws_lambda.invoke.
-- 39000 when the function could not be called, 54000 when the request was too large for Lambda, 38000 and others by
-- pglambda_private.function_error. What is none of aws_lambda's stays as it is.
-- Callers: private; pglambda_private.call.
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
            '54000', format('the request to function %L is over what Lambda takes', target.name), detail,
            'Send less, or send where it is stored (such as an S3 key) instead.');
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
    elsif state in ('22P02', '22P05') then              -- not JSON, or JSON that jsonb does not hold
        return pglambda_private.error(
            '38000', format('the reply of function %L is not JSON that PostgreSQL takes', target.name),
            concat_ws(': ', message, left(detail, 200)), format('Look for call %s in the function''s log.', call_id));
    end if;
    return pglambda_private.error(state, message, nullif(detail, ''), nullif(hint, ''));
end
$$;
comment on function pglambda_private.call_error(pglambda.functions, text, text, text, text, text) is
    'Private: our error for one of aws_lambda.invoke.';
