-- pglambda.functions: the registry: the Lambda function that a name such as 'process' calls.
-- pglambda.register, enable, disable and unregister write it. A broken rule raises 23514 here; pglambda.register turns
-- that into 22023 with the comment of the rule as DETAIL.
-- Callers: pglambda_operator reads it.
create table pglambda.functions (
    name text constraint functions_pkey primary key
        constraint functions_name_form check (name ~ '^[A-Za-z0-9_-]{1,64}$'),
    action text
        constraint functions_action_form check (action ~ '^[A-Za-z0-9_-]{1,64}$'),
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
    max_concurrency integer
        constraint functions_max_concurrency_range check (max_concurrency between 1 and 1000),
    max_attempts integer not null
        constraint functions_max_attempts_range check (max_attempts between 1 and 100),
    enabled boolean not null default true,
    constraint functions_region_agrees check (arn !~ '^arn:' or split_part(arn, ':', 4) = region)
);
comment on table pglambda.functions is 'The registry: which Lambda function a name calls.';
comment on column pglambda.functions.name is 'The name that callers use.';
comment on column pglambda.functions.action is
    'The action in the request: the name of the handler; null means the same as name. Several names may lead to one.';
comment on column pglambda.functions.arn is 'A plain function name, a partial or a full ARN, without its qualifier.';
comment on column pglambda.functions.region is 'The region of the function; null means the region of the database.';
comment on column pglambda.functions.qualifier is 'Version or alias; null means $LATEST. SnapStart needs one.';
comment on column pglambda.functions.timeout_ms is
    'How long a call may take. aws_lambda.request_timeout_ms limits it, and counts alone when this is null.';
comment on column pglambda.functions.max_batch_items is 'The most items in one batch request.';
comment on column pglambda.functions.max_concurrency is
    'How many of its calls may run at once, from all sessions of this database on this server; null: any number.';
comment on column pglambda.functions.max_attempts is 'How often a durable call is tried before it is dead.';
comment on column pglambda.functions.enabled is 'When false, calls raise 39000 at once.';
comment on constraint functions_pkey on pglambda.functions is 'A name calls one function.';
comment on constraint functions_name_form on pglambda.functions is
    'The name is 1 to 64 letters, digits, hyphens or underscores.';
comment on constraint functions_action_form on pglambda.functions is
    'The action is 1 to 64 letters, digits, hyphens or underscores.';
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

-- pglambda.wrappers: the SQL functions that pglambda.define has made, one row for each name. Names and types are text,
-- so that a dump restores them and pg_upgrade takes them.
-- Callers: pglambda_operator reads it; pglambda.define and pglambda.undefine write it.
create table pglambda.wrappers (
    schema text,
    name text,
    arguments text not null,
    batch_arguments text,
    signature text not null,
    function text not null,
    options jsonb,
    fields jsonb,
    grantee text,
    constraint wrappers_pkey primary key (schema, name)
);
comment on table pglambda.wrappers is 'The SQL functions that pglambda.define has made.';
comment on column pglambda.wrappers.schema is 'The schema of the SQL function.';
comment on column pglambda.wrappers.name is
    'The name of the SQL function; its batch form has the same name with _batch, its durable form with _async.';
comment on column pglambda.wrappers.arguments is 'The types of its arguments.';
comment on column pglambda.wrappers.batch_arguments is
    'The types of the arguments of its batch form; null without one.';
comment on column pglambda.wrappers.signature is 'The signature that pglambda.define was given.';
comment on column pglambda.wrappers.function is 'The registered function that it calls.';
comment on column pglambda.wrappers.options is 'The options of every call.';
comment on column pglambda.wrappers.fields is 'The names of JSON members that differ from the SQL names.';
comment on column pglambda.wrappers.grantee is 'The role that may call it.';
comment on constraint wrappers_pkey on pglambda.wrappers is 'A name is defined once.';
