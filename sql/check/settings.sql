-- pglambda_private.check_settings(): the two time-outs of aws_lambda, as this session has them. The default for a
-- request is less than the cold start of a JVM may take. If a connection may take longer than a request, a server that
-- cannot be reached looks like a slow function. Both are set in the parameter group, so the hint is a command of the
-- AWS CLI.
create or replace function pglambda_private.check_settings()
    returns table (item text, ok boolean, detail text, hint text)
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- Aurora keeps these settings in the parameter group of the cluster.
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
                   else format('%s, so a call may take %s ms: the cold start of a JVM may take longer',
                               setting, milliseconds) end;
    hint := case when not ok then format(command, item, 10000) end;
    return next;
    item := 'aws_lambda.connect_timeout_ms';
    setting := coalesce(nullif(current_setting(item, true), ''), '1000');
    ok := setting ~ '^[0-9]{1,6}$' and setting::integer between 1 and milliseconds;
    detail := case when ok then setting || ' ms'
                   else format('%s, and it has to be a number from 1 to the time that a call may take, %s',
                               setting, milliseconds) end;
    hint := case when not ok then format(command, item, 1000) end;
    return next;
end
$$;
comment on function pglambda_private.check_settings() is 'Whether the time-outs of aws_lambda fit.';
