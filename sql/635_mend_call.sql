-- pglambda_private.mend_call(target, refusal): what to do about a function that Lambda would not take a call of, by what
-- aws_lambda said. The texts are those of Lambda's API and of the AWS SDK. What none fits is taken for the network.
-- Callers: private; pglambda_private.check_function.
create or replace function pglambda_private.mend_call(target pglambda.functions, refusal text)
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
    if refusal ~ '^permission denied for|does not exist$' then      -- PostgreSQL said it
        return pglambda_private.mend_rights();
    elsif refusal ~* 'ResourceNotFound|function not found|cannot find' then
        return format('select pglambda.unregister(%L);  -- or deploy it, or register it with its right ARN', target.name);
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
comment on function pglambda_private.mend_call(pglambda.functions, text) is
    'Private: what to do about a function that cannot be called.';
