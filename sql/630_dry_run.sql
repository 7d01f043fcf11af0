-- pglambda_private.dry_run(target, qualifier): asks Lambda whether it would take a call; the function does not run. Returns null
-- when it would, else what aws_lambda said. Waits two seconds at most, or what is set when that is less.
-- Callers: private; pglambda_private.check_function.
create or replace function pglambda_private.dry_run(target pglambda.functions, qualifier text)
    returns text
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    setting constant text := coalesce(current_setting('aws_lambda.request_timeout_ms', true), '');
    message text;
    detail text;
begin
    begin
        perform set_config('aws_lambda.request_timeout_ms', least(2000, pglambda_private.timeout_ms(null))::text, true);
    exception
        when insufficient_privilege then
            null;       -- then it waits as long as the server says
    end;
    perform from aws_lambda.invoke(
                     target.arn, '{}'::json, target.region, 'DryRun', 'None', null::json, qualifier);
    perform set_config('aws_lambda.request_timeout_ms', setting, true);
    return null;
exception
    when others then    -- which also puts the setting back
        get stacked diagnostics message = message_text, detail = pg_exception_detail;
        return concat_ws(': ', message, nullif(detail, ''));
end
$$;
comment on function pglambda_private.dry_run(pglambda.functions, text) is 'Private: why Lambda would not take a call, or null.';
