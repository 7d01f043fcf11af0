-- aws_commons 1.0: the composite type that names a Lambda function, and the function that builds it.
\echo Use "CREATE EXTENSION aws_commons" to load this file. \quit

create schema aws_commons;
grant usage on schema aws_commons to rds_superuser with grant option;

create type aws_commons._lambda_function_arn_1 as (function_name text, region text);

create function aws_commons.create_lambda_function_arn(function_name text, region text default null)
    returns aws_commons._lambda_function_arn_1
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select function_name, region
$$;
comment on function aws_commons.create_lambda_function_arn(text, text) is
    'Names a Lambda function, and optionally its region, for aws_lambda.invoke.';

revoke execute on function aws_commons.create_lambda_function_arn(text, text) from public;
grant execute on function aws_commons.create_lambda_function_arn(text, text) to rds_superuser with grant option;
