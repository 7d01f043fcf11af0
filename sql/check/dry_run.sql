-- Asking Lambda about a function, and what to do about the answer.

-- pglambda_private.registration(target): the statement that registers a function as it is in target, without the
-- defaults.
create or replace function pglambda_private.registration(target pglambda.functions)
    returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select 'select pglambda.register(' || concat_ws(
        ', ',
        format('%L, %L', target.name, target.arn),
        'region => ' || quote_literal(target.region),
        'qualifier => ' || quote_literal(target.qualifier),
        'timeout_ms => ' || target.timeout_ms,
        'max_batch_items => ' || nullif(target.max_batch_items, 1000),
        case when not target.enabled then 'enabled => false' end,
        'max_concurrency => ' || target.max_concurrency,
        'max_attempts => ' || nullif(target.max_attempts, 10)) || ');'
$$;
comment on function pglambda_private.registration(pglambda.functions) is 'The statement that registers a function.';

-- pglambda_private.dry_run(target, qualifier): asks Lambda whether it would accept a call; the function does not run.
-- Returns null when it would, or the error of aws_lambda. Waits two seconds at most, or less when the setting says
-- less.
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
            null;       -- then it waits as long as the server's setting says
    end;
    perform from aws_lambda.invoke(
                     target.arn, '{}'::json, target.region, 'DryRun', 'None', null::json, qualifier);
    perform set_config('aws_lambda.request_timeout_ms', setting, true);
    return null;
exception
    when others then    -- which also restores the setting
        get stacked diagnostics message = message_text, detail = pg_exception_detail;
        return concat_ws(': ', message, nullif(detail, ''));
end
$$;
comment on function pglambda_private.dry_run(pglambda.functions, text) is
    'Why Lambda would not accept a call, or null.';

-- pglambda_private.call_hint(target, refusal): what to do about a function that cannot be called, from the error of
-- aws_lambda. The patterns are texts of Lambda's API and of the AWS SDK. Any other text is taken for a network problem.
create or replace function pglambda_private.call_hint(target pglambda.functions, refusal text)
    returns text
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    arn constant text := case
        when target.arn ~ '^arn:' then target.arn
        else format('arn:aws:lambda:%s:%s:function:%s', coalesce(target.region, '*'),
                    coalesce(substring(target.arn from '^[0-9]{12}'), '*'), substring(target.arn from '[^:]+$'))
    end;
begin
    if refusal ~ '^permission denied for|does not exist$' then      -- an error of PostgreSQL
        return pglambda_private.rights_hint();
    elsif refusal ~* 'ResourceNotFound|function not found|cannot find' then
        return format('select pglambda.unregister(%L);  -- or deploy it, or register it with its right ARN',
                      target.name);
    elsif refusal ~* 'AccessDenied|not authorized|UnrecognizedClient|credentials' then
        return format('aws iam put-role-policy --role-name "$ROLE_OF_THE_DATABASE" --policy-name invoke-%s '
                      '--policy-document ''{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", '
                      '"Action": "lambda:InvokeFunction", "Resource": ["%s", "%s:*"]}]}''', target.name, arn, arn);
    end if;
    return format('aws ec2 create-vpc-endpoint --vpc-endpoint-type Interface --vpc-id "$VPC" --subnet-ids "$SUBNET" '
                  '--security-group-ids "$GROUP" --service-name com.amazonaws.%s.lambda',
                  coalesce(target.region, '"$AWS_REGION"'));
end
$$;
comment on function pglambda_private.call_hint(pglambda.functions, text) is
    'What to do about a function that cannot be called.';
