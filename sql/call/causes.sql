-- Why aws_lambda.invoke raised an error, in one word. Calls and pglambda.check decide by it.

-- pglambda_private.cause(state, message, detail, hint): the cause of an error of aws_lambda.invoke, from its texts. AWS
-- documents the two messages and not what stands in DETAIL: names of errors of Lambda's API, and words of the AWS SDK
-- and of curl.
--
-- Certainly not run:
--     throttled, not ready    Lambda takes no call at this moment
--     unknown                 no such function, version or alias
--     no role                 no IAM role is associated with the database
--     forbidden               the role may not call the function
--     unreachable             no connection
--     no right                pglambda_owner may not use aws_lambda, or the extension is gone
--     setting                 the session's time-outs are nothing that aws_lambda accepts
--     refused                 another error of Lambda's API: it names its errors ...Exception
--     too large               over the limit of a request
-- Run, or perhaps run:
--     failed                  the function's own failure
--     not json                the reply is not JSON, or JSON that jsonb cannot hold
--     timed out               no answer within aws_lambda.request_timeout_ms
--     no answer               everything else
create or replace function pglambda_private.cause(state text, message text, detail text, hint text)
    returns text
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    words constant text := concat_ws(' ', message, detail, hint);
begin
    return case
        when message = 'lambda invocation failed' then 'failed'
        when message ~ 'aws_lambda\.(connect|request)_timeout_ms' then 'setting'
        when words ~* 'feature-?name|stored with the database' then 'no role'
        when message <> 'invoke API failed' and state in ('3F000', '42883', '42501') then 'no right'
        when message <> 'invoke API failed' and state in ('22P02', '22P05') then 'not json'
        when words ~ 'Request(Entity)?TooLarge|must be smaller than' then 'too large'
        when words ~* 'TooManyRequests|Rate ?Exceeded|throttl' then 'throttled'
        when words ~ 'SnapStartNotReady|ResourceConflict|ResourceNotReady' then 'not ready'
        when words ~* 'ResourceNotFound|function not found|cannot find' then 'unknown'
        when words ~* 'AccessDenied|not authorized|UnrecognizedClient|security token|credentials' then 'forbidden'
        when words ~* 'unable to connect|could ?n.t connect|resolve host|curlCode: ([567]|35|60)\M' then 'unreachable'
        when words ~* 'curlCode: 28\M|time-?out|timed out' then 'timed out'
        when words ~ '\m[A-Za-z0-9]+Exception\M' and words !~ 'Service(Unavailable)?Exception|Internal' then 'refused'
        else 'no answer'
    end;
end
$$;
comment on function pglambda_private.cause(text, text, text, text) is 'Why aws_lambda.invoke raised an error.';

-- pglambda_private.repair(target, cause): what an operator does about the cause: an SQL statement, or a command of the
-- AWS CLI where SQL cannot.
create or replace function pglambda_private.repair(target pglambda.functions, cause text)
    returns text
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    aurora constant boolean := to_regproc('pg_catalog.aurora_version') is not null;
    arn constant text := concat_ws(':', case
        when target.arn ~ '^arn:' then target.arn
        else format('arn:%s:lambda:%s:%s:function:%s',
                    case when target.region ~ '^cn-' then 'aws-cn' when target.region ~ '^us-gov-' then 'aws-us-gov'
                         else 'aws' end,
                    coalesce(target.region, '*'), coalesce(substring(target.arn from '^[0-9]{12}'), '*'),
                    substring(target.arn from '[^:]+$'))
    end, nullif(target.qualifier, '$LATEST'));
begin
    return case cause
        when 'no right' then pglambda_private.rights_hint()
        when 'setting' then 'reset aws_lambda.request_timeout_ms; reset aws_lambda.connect_timeout_ms;'
        when 'unknown' then format('select pglambda.register(%L, ''<its name or ARN>'');  -- or deploy it', target.name)
        when 'no role' then format(
            'aws rds add-role-to-db-%1$s --db-%1$s-identifier "$DATABASE" --role-arn "$ROLE" --feature-name Lambda',
            case when aurora then 'cluster' else 'instance' end)
        when 'forbidden' then format(
            'aws iam put-role-policy --role-name "$ROLE_OF_THE_DATABASE" --policy-name invoke-%s --policy-document '
            '''{"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Action": "lambda:InvokeFunction", '
            '"Resource": "%s"}]}''', target.name, arn)
        when 'unreachable' then format(
            'aws ec2 create-vpc-endpoint --vpc-endpoint-type Interface --vpc-id "$VPC" --subnet-ids "$SUBNET" '
            '--security-group-ids "$GROUP" --service-name com.amazonaws.%s.lambda',
            coalesce(target.region, '"$AWS_REGION"'))
        when 'throttled' then 'Raise the reserved concurrency of the function, or the limit of the account; '
                              'or set max_concurrency with pglambda.register, so that calls wait here.'
        when 'not ready' then 'Wait some minutes: Lambda makes a version ready that was not called for weeks.'
        when 'timed out' then 'Raise aws_lambda.request_timeout_ms, or give the function less to do.'
        else 'Read what AWS says in DETAIL.'
    end;
end
$$;
comment on function pglambda_private.repair(pglambda.functions, text) is 'What an operator does about a cause.';
