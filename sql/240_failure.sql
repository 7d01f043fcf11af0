-- pglambda_private.failure(detail): what failed, out of the DETAIL of aws_lambda's "lambda invocation failed":
-- … returned error "Unhandled", details: "{"errorType": …, "errorMessage": …, "stackTrace": […]}".
-- Promises type and message without the stack trace, from details that are JSON, JSON with escaped quotes, or JSON cut
-- short; from anything else its first 200 characters as the message. Never raises.
-- Callers: private; pglambda_private.function_error.
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
comment on function pglambda_private.failure(text) is 'Private: type and message of a function''s failure.';
