-- The functions that write the registry, except pglambda.unregister.

-- pglambda.register(name, arn, region, qualifier, timeout_ms, max_batch_items, max_concurrency, max_attempts, action):
-- adds a function to the registry, or changes what is said of it and keeps what is not. NULL means not said. An empty
-- region, qualifier or action, and 0 for timeout_ms or max_concurrency, remove what was said before. The arn may end
-- with the qualifier. A new function needs an arn, and is enabled.
-- Raises 22023 with the broken rule as DETAIL: a malformed value, or a region or qualifier that contradicts the ARN.
-- Callers: pglambda_operator.
create or replace function pglambda.register(
    name text,
    arn text default null,
    region text default null,
    qualifier text default null,
    timeout_ms integer default null,
    max_batch_items integer default null,
    max_concurrency integer default null,
    max_attempts integer default null,
    action text default null
)
    returns void
    language plpgsql
    security definer            -- operators have no right to write the table itself
    set search_path = pg_catalog, pg_temp
as $$
declare
    -- Only a last part after a whole name can be a qualifier: 'f:live', 'arn:...:function:f:live'.
    suffix constant text := substring(arn from '^(?:(?:.*:)?function:)?[^:]+:([^:]+)$');
    bare constant text := case when suffix is null then arn else left(arn, -length(suffix) - 1) end;
    named_region constant text := case when arn ~ '^arn:' then split_part(arn, ':', 4) end;
    known pglambda.functions;
    rule text;
begin
    if suffix <> qualifier then
        raise invalid_parameter_value using
            message = format('function %s cannot be registered', quote_nullable(name)),
            detail = format('The arn says qualifier %L, and the argument qualifier says %L.', suffix, qualifier);
    end if;
    select f.* into known from pglambda.functions f where f.name = register.name for update;
    insert into pglambda.functions as f
           (name, action, arn, region, qualifier, timeout_ms, max_batch_items, max_concurrency, max_attempts)
    values (name, nullif(coalesce(action, known.action), ''), coalesce(bare, known.arn),
            nullif(coalesce(region, named_region, known.region), ''),
            nullif(coalesce(qualifier, suffix, known.qualifier), ''),
            nullif(coalesce(timeout_ms, known.timeout_ms), 0),
            coalesce(max_batch_items, known.max_batch_items, 1000),
            nullif(coalesce(max_concurrency, known.max_concurrency), 0),
            coalesce(max_attempts, known.max_attempts, 10))
        on conflict on constraint functions_pkey do update
       set (action, arn, region, qualifier, timeout_ms, max_batch_items, max_concurrency, max_attempts)
         = (excluded.action, excluded.arn, excluded.region, excluded.qualifier, excluded.timeout_ms,
            excluded.max_batch_items, excluded.max_concurrency, excluded.max_attempts)
     where (f.action, f.arn, f.region, f.qualifier, f.timeout_ms, f.max_batch_items, f.max_concurrency, f.max_attempts)
           is distinct from
           (excluded.action, excluded.arn, excluded.region, excluded.qualifier, excluded.timeout_ms,
            excluded.max_batch_items, excluded.max_concurrency, excluded.max_attempts);
exception
    when check_violation or not_null_violation then
        get stacked diagnostics rule = constraint_name;
        raise invalid_parameter_value using
            message = format('function %s cannot be registered', quote_nullable(name)),
            detail = coalesce(
                (select obj_description(c.oid, 'pg_constraint')
                   from pg_constraint c
                  where c.conrelid = 'pglambda.functions'::regclass and c.conname = rule and c.contype = 'c'),
                'A function that is not registered yet needs a name and an arn.');
end
$$;
comment on function pglambda.register(text, text, text, text, integer, integer, integer, integer, text) is
    'Adds a function to the registry, or changes what is said of it and keeps what is not.';

-- pglambda_private.not_registered(name): the error for a name that the registry does not have.
create or replace function pglambda_private.not_registered(name text)
    returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    raise no_data_found using
        message = format('function %s is not registered', quote_nullable(name)),
        hint = 'List the registered functions: select name, arn from pglambda.functions;';
end
$$;
comment on function pglambda_private.not_registered(text) is 'Raises the error for a name that is not registered.';

-- pglambda.enable(name), pglambda.disable(name): calls of a function on and off. Calls of a disabled function raise
-- 39000 at once, and its durable calls wait. Calls that run already are not ended.
-- Raises P0002 when the function is not registered.
-- Callers: pglambda_operator.
create or replace function pglambda.enable(name text)
    returns void
    language plpgsql
    security definer            -- operators have no right to write the table itself
    set search_path = pg_catalog, pg_temp
as $$
begin
    update pglambda.functions f set enabled = true where f.name = enable.name;
    if not found then
        perform pglambda_private.not_registered(name);
    end if;
end
$$;
comment on function pglambda.enable(text) is 'Allows calls of a function again.';

create or replace function pglambda.disable(name text)
    returns void
    language plpgsql
    security definer            -- operators have no right to write the table itself
    set search_path = pg_catalog, pg_temp
as $$
begin
    update pglambda.functions f set enabled = false where f.name = disable.name;
    if not found then
        perform pglambda_private.not_registered(name);
    end if;
end
$$;
comment on function pglambda.disable(text) is 'Stops calls of a function: they raise 39000, and durable calls wait.';
