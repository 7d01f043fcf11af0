-- pglambda.functions: the registry: the Lambda function that a name such as 'process' calls.
-- pglambda.register and pglambda.unregister write it. A broken rule raises 23514 here; pglambda.register turns that
-- into 22023 with the comment of the rule as DETAIL.
-- Callers: pglambda_operator reads it.
create table if not exists pglambda.functions (
    name text constraint functions_pkey primary key
        constraint functions_name_form check (name ~ '^[A-Za-z0-9_-]{1,64}$'),
    arn text not null
        constraint functions_arn_form check (arn ~ ('^((arn:aws[a-z-]*:lambda:[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}:)?'
                                                    '[0-9]{12}:function:)?[A-Za-z0-9_-]{1,64}$')),
    region text
        constraint functions_region_form check (region ~ '^[a-z]{2,4}(-[a-z]+)+-[0-9]{1,2}$'),
    qualifier text
        constraint functions_qualifier_form check (qualifier ~ '^(\$LATEST|[A-Za-z0-9_-]{1,128})$'),
    timeout_ms integer
        constraint functions_timeout_ms_range check (timeout_ms between 1 and 900000),
    max_batch_items integer not null
        constraint functions_max_batch_items_range check (max_batch_items between 1 and 10000),
    enabled boolean not null,
    max_concurrency integer
        constraint functions_max_concurrency_range check (max_concurrency between 1 and 1000),
    max_attempts integer not null
        constraint functions_max_attempts_range check (max_attempts between 1 and 100),
    constraint functions_region_agrees check (arn !~ '^arn:' or split_part(arn, ':', 4) = region)
);
comment on table pglambda.functions is 'The registry: which Lambda function a name calls.';
comment on column pglambda.functions.name is 'The name that callers use, and the action in the request.';
comment on column pglambda.functions.arn is 'A plain function name, a partial or a full ARN, without its qualifier.';
comment on column pglambda.functions.region is 'The region of the function; null means the region of the database.';
comment on column pglambda.functions.qualifier is 'Version or alias; null means $LATEST. SnapStart needs one.';
comment on column pglambda.functions.timeout_ms is
    'How long a call may take. aws_lambda.request_timeout_ms limits it, and counts alone when this is null.';
comment on column pglambda.functions.max_batch_items is 'The most items in one batch request.';
comment on column pglambda.functions.enabled is 'When false, calls raise 39000 at once.';
comment on column pglambda.functions.max_concurrency is
    'How many of its calls may run at once, from all sessions of this database; null means any number.';
comment on column pglambda.functions.max_attempts is 'How often a durable call is tried before it is dead.';
comment on constraint functions_pkey on pglambda.functions is 'A name calls one function.';
comment on constraint functions_name_form on pglambda.functions is
    'The name is 1 to 64 letters, digits, hyphens or underscores.';
comment on constraint functions_arn_form on pglambda.functions is
    'The arn is a function name, a partial ARN such as 123456789012:function:process or a full ARN such as '
    'arn:aws:lambda:us-east-1:123456789012:function:process, each with or without :qualifier.';
comment on constraint functions_region_form on pglambda.functions is 'The region looks like us-east-1.';
comment on constraint functions_qualifier_form on pglambda.functions is
    'The qualifier is a version, an alias or $LATEST: up to 128 letters, digits, hyphens or underscores.';
comment on constraint functions_timeout_ms_range on pglambda.functions is 'timeout_ms is from 1 to 900000.';
comment on constraint functions_max_batch_items_range on pglambda.functions is 'max_batch_items is from 1 to 10000.';
comment on constraint functions_max_concurrency_range on pglambda.functions is 'max_concurrency is from 1 to 1000.';
comment on constraint functions_max_attempts_range on pglambda.functions is 'max_attempts is from 1 to 100.';
comment on constraint functions_region_agrees on pglambda.functions is
    'The region is the same as the region in the ARN.';
