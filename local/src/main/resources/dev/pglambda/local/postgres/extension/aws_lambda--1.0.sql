-- aws_lambda 1.0, as on RDS and Aurora, over the endpoint of the local platform.
--
-- Schema aws_lambda has the objects of AWS's and no others. Schema aws_lambda_local holds the private part: dblink's C
-- functions, from a copy of its library, so that neither the extension dblink nor its connections show up in a session
-- or can be reached from one; and the one function that sends a call.
\echo Use "CREATE EXTENSION aws_lambda CASCADE" to load this file. \quit

create schema aws_lambda_local;

create function aws_lambda_local.connect(name text, conninfo text)
    returns text
    language c strict
as 'MODULE_PATHNAME', 'dblink_connect';

create function aws_lambda_local.disconnect(name text)
    returns text
    language c strict
as 'MODULE_PATHNAME', 'dblink_disconnect';

create function aws_lambda_local.connections()
    returns text[]
    language c
as 'MODULE_PATHNAME', 'dblink_get_connections';

-- Reads what has arrived on the link, so that a link closed from the other side shows in error_message.
create function aws_lambda_local.is_busy(name text)
    returns integer
    language c strict
as 'MODULE_PATHNAME', 'dblink_is_busy';

create function aws_lambda_local.error_message(name text)
    returns text
    language c strict
as 'MODULE_PATHNAME', 'dblink_error_message';

-- dblink's asynchronous pair. Its plain query, when interrupted, would first wait for the answer.
create function aws_lambda_local.send_query(name text, query text)
    returns integer
    language c strict
as 'MODULE_PATHNAME', 'dblink_send_query';

create function aws_lambda_local.get_result(name text)
    returns setof record
    language c strict
as 'MODULE_PATHNAME', 'dblink_get_result';

-- aws_lambda_local.link(): the session's link to the endpoint, opened if there is none that works. Raises class 08
-- when there is no endpoint.
create function aws_lambda_local.link()
    returns text
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    name constant text := 'endpoint';
begin
    if name = any (aws_lambda_local.connections()) then
        if aws_lambda_local.is_busy(name) = 0 and aws_lambda_local.error_message(name) = 'OK' then
            return name;
        end if;
        perform aws_lambda_local.disconnect(name);
    end if;
    -- The platform writes this file into the data directory: a clone of a database or a new endpoint needs no SQL.
    perform aws_lambda_local.connect(
        name, coalesce(pg_read_file('aws_lambda_endpoint', 0, 4096, true), 'hostaddr=127.0.0.1 port=1 connect_timeout=1'));
    return name;
end
$$;

-- aws_lambda_local.wait(link): returns when the answer has begun to arrive, or the link has broken. Before version 17
-- get_result cannot be interrupted while it waits, so there a session polls and can be cancelled:
-- some hundred times at once, since most answers come soon, then every millisecond.
create function aws_lambda_local.wait(link text)
    returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    for tries in 1 .. 2147483647 loop
        exit when aws_lambda_local.is_busy(link) = 0;
        if tries > 200 then
            perform pg_sleep(0.001);
        end if;
    end loop;
end
$$;

-- aws_lambda_local.send(call, payload): sends one call and returns its answer. The endpoint checks every argument and
-- setting, and answers with a row in any case; an error row is raised here. Once sent, a call is never sent again: a
-- link that breaks before the answer is an error, because the function may have run.
create function aws_lambda_local.send(
    call jsonb, payload text, out status_code integer, out reply text, out executed_version text, out log_result text)
    language plpgsql
    security definer            -- only the extension's owner may use the link
    set search_path = pg_catalog, pg_temp
as $$
declare
    link text;
    answer record;
begin
    if getdatabaseencoding() <> 'UTF8' then
        raise feature_not_supported using
            message = 'aws_lambda on the local platform works in databases with encoding UTF8 only',
            detail = format('Database %I has encoding %s.', current_database(), getdatabaseencoding());
    end if;
    begin
        link := aws_lambda_local.link();
        perform aws_lambda_local.send_query(
            link,
            (call || jsonb_build_object(
                'database', current_database(),
                'connectTimeoutMs', current_setting('aws_lambda.connect_timeout_ms', true),
                'requestTimeoutMs', current_setting('aws_lambda.request_timeout_ms', true)))::text
                || coalesce(e'\n' || payload, ''));
        if current_setting('server_version_num')::integer < 170000 then
            perform aws_lambda_local.wait(link);
        end if;
        select * into answer
        from aws_lambda_local.get_result(link)
            as a(status_code integer, payload text, executed_version text, log_result text,
                 error_code text, error_message text, error_detail text, error_hint text);
        if not found then
            raise connection_failure;
        end if;
        -- The end of the results; until it is read, the link takes no other query.
        perform from aws_lambda_local.get_result(link) as a(nothing text);
    exception
        when query_canceled or others then
            -- A later call must never read the answer to this one.
            if link = any (aws_lambda_local.connections()) then
                perform aws_lambda_local.disconnect(link);
            end if;
            if sqlstate not like '08%' then
                raise;
            end if;
            raise exception using
                errcode = 'XX000',
                message = 'invoke API failed',
                detail = case
                    when link is null then 'AWS Lambda client returned ''Unable to connect to endpoint''.'
                    else 'AWS Lambda client returned ''curlCode: 52, Server returned nothing (no headers, no data)''.'
                end;
    end;
    if answer.error_code is not null then
        if answer.error_hint is null then
            raise exception using
                errcode = answer.error_code, message = answer.error_message, detail = answer.error_detail;
        end if;
        raise exception using
            errcode = answer.error_code, message = answer.error_message, detail = answer.error_detail,
            hint = answer.error_hint;
    end if;
    status_code := answer.status_code;
    reply := answer.payload;
    executed_version := answer.executed_version;
    log_result := answer.log_result;
end
$$;

revoke execute on all functions in schema aws_lambda_local from public;

create schema aws_lambda;

-- aws_lambda.invoke with a name or ARN, json.
create function aws_lambda.invoke(
    function_name text,
    payload json,
    region text default null,
    invocation_type text default 'RequestResponse',
    log_type text default 'None',
    context json default null,
    qualifier varchar(128) default null,
    out status_code integer,
    out payload json,
    out executed_version text,
    out log_result text)
    language sql
    security definer            -- callers have no right on the private part
    set search_path = pg_catalog, pg_temp
as $$
    select s.status_code, s.reply::json, s.executed_version, s.log_result
    from aws_lambda_local.send(
        jsonb_build_object(
            'functionName', function_name, 'region', region, 'invocationType', invocation_type,
            'logType', log_type, 'context', context::text, 'qualifier', qualifier),
        payload::text) as s
$$;
comment on function aws_lambda.invoke(
    text, json, text, text, text, json, varchar) is
    'Invokes a Lambda function.';

-- aws_lambda.invoke with a name or ARN, jsonb.
create function aws_lambda.invoke(
    function_name text,
    payload jsonb,
    region text default null,
    invocation_type text default 'RequestResponse',
    log_type text default 'None',
    context jsonb default null,
    qualifier varchar(128) default null,
    out status_code integer,
    out payload jsonb,
    out executed_version text,
    out log_result text)
    language sql
    security definer            -- callers have no right on the private part
    set search_path = pg_catalog, pg_temp
as $$
    select s.status_code, s.reply::jsonb, s.executed_version, s.log_result
    from aws_lambda_local.send(
        jsonb_build_object(
            'functionName', function_name, 'region', region, 'invocationType', invocation_type,
            'logType', log_type, 'context', context::text, 'qualifier', qualifier),
        payload::text) as s
$$;
comment on function aws_lambda.invoke(
    text, jsonb, text, text, text, jsonb, varchar) is
    'Invokes a Lambda function.';

-- aws_lambda.invoke with a composite name, json.
create function aws_lambda.invoke(
    function_name aws_commons._lambda_function_arn_1,
    payload json,
    invocation_type text default 'RequestResponse',
    log_type text default 'None',
    context json default null,
    qualifier varchar(128) default null,
    out status_code integer,
    out payload json,
    out executed_version text,
    out log_result text)
    language sql
    security definer            -- callers have no right on the private part
    set search_path = pg_catalog, pg_temp
as $$
    select s.status_code, s.reply::json, s.executed_version, s.log_result
    from aws_lambda_local.send(
        jsonb_build_object(
            'functionName', (function_name).function_name, 'region', (function_name).region, 'invocationType', invocation_type,
            'logType', log_type, 'context', context::text, 'qualifier', qualifier),
        payload::text) as s
$$;
comment on function aws_lambda.invoke(
    aws_commons._lambda_function_arn_1, json, text, text, json, varchar) is
    'Invokes a Lambda function.';

-- aws_lambda.invoke with a composite name, jsonb.
create function aws_lambda.invoke(
    function_name aws_commons._lambda_function_arn_1,
    payload jsonb,
    invocation_type text default 'RequestResponse',
    log_type text default 'None',
    context jsonb default null,
    qualifier varchar(128) default null,
    out status_code integer,
    out payload jsonb,
    out executed_version text,
    out log_result text)
    language sql
    security definer            -- callers have no right on the private part
    set search_path = pg_catalog, pg_temp
as $$
    select s.status_code, s.reply::jsonb, s.executed_version, s.log_result
    from aws_lambda_local.send(
        jsonb_build_object(
            'functionName', (function_name).function_name, 'region', (function_name).region, 'invocationType', invocation_type,
            'logType', log_type, 'context', context::text, 'qualifier', qualifier),
        payload::text) as s
$$;
comment on function aws_lambda.invoke(
    aws_commons._lambda_function_arn_1, jsonb, text, text, jsonb, varchar) is
    'Invokes a Lambda function.';

revoke execute on all functions in schema aws_lambda from public;
grant usage on schema aws_lambda to rds_superuser with grant option;
grant execute on all functions in schema aws_lambda to rds_superuser with grant option;
