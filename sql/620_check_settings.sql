-- pglambda_private.check_settings(): aws_lambda's two time-outs, as this session has them. The request's default is less than a
-- JVM's cold start may take; a connection that may take longer than a request could not be told from a slow function.
-- They are set in the parameter group of the server, so the hint is a command of the AWS CLI.
-- Callers: private; pglambda.check.
create or replace function pglambda_private.check_settings()
    returns table (item text, ok boolean, detail text, hint text)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- Aurora keeps its settings for the cluster.
    aurora constant boolean := to_regproc('pg_catalog.aurora_version') is not null;
    command constant text := format('aws rds modify-%1$s-parameter-group --%1$s-parameter-group-name "$GROUP" '
                                    '--parameters ParameterName=%%s,ParameterValue=%%s,ApplyMethod=immediate',
                                    case when aurora then 'db-cluster' else 'db' end);
    setting text;
    milliseconds integer := pglambda_private.timeout_ms(null);
begin
    item := 'aws_lambda.request_timeout_ms';
    setting := coalesce(nullif(current_setting(item, true), ''), 'not set');
    ok := milliseconds > 3000;
    detail := case when ok then milliseconds || ' ms'
                   else format('%s, so a call may take %s ms: a cold start of a JVM may take longer',
                               setting, milliseconds) end;
    hint := case when not ok then format(command, item, 10000) end;
    return next;
    item := 'aws_lambda.connect_timeout_ms';
    setting := coalesce(nullif(current_setting(item, true), ''), '1000');
    ok := setting ~ '^[0-9]{1,6}$' and setting::integer between 1 and milliseconds;
    detail := case when ok then setting || ' ms'
                   else format('%s, and it has to be a number from 1 to what a call may take, %s',
                               setting, milliseconds) end;
    hint := case when not ok then format(command, item, 1000) end;
    return next;
end
$$;
comment on function pglambda_private.check_settings() is 'Private: the time-outs of aws_lambda.';
