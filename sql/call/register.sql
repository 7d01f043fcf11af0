-- The functions that write the registry.

-- pglambda.register(name, arn, region, qualifier, timeout_ms, max_batch_items, enabled, max_concurrency, max_attempts):
-- adds a function to the registry, or replaces its whole row: an argument that is left out goes back to its default.
-- The arn may end with the qualifier.
-- Raises 22023 with the broken rule as DETAIL: a malformed value, or a region or qualifier that contradicts the ARN.
-- Callers: pglambda_operator.
create or replace function pglambda.register(
    name text,
    arn text,
    region text default null,
    qualifier text default null,
    timeout_ms integer default null,
    max_batch_items integer default 1000,
    enabled boolean default true,
    max_concurrency integer default null,
    max_attempts integer default 10
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
    rule text;
begin
    if suffix <> qualifier then
        raise invalid_parameter_value using
            message = format('function %s cannot be registered', quote_nullable(name)),
            detail = format('The arn says qualifier %L, and the argument qualifier says %L.', suffix, qualifier);
    end if;
    insert into pglambda.functions as f
           (name, arn, region, qualifier, timeout_ms, max_batch_items, enabled, max_concurrency, max_attempts)
    values (name, bare, coalesce(region, named_region), coalesce(qualifier, suffix), timeout_ms, max_batch_items,
            enabled, max_concurrency, max_attempts)
        on conflict on constraint functions_pkey do update
       set (arn, region, qualifier, timeout_ms, max_batch_items, enabled, max_concurrency, max_attempts)
         = (excluded.arn, excluded.region, excluded.qualifier, excluded.timeout_ms, excluded.max_batch_items,
            excluded.enabled, excluded.max_concurrency, excluded.max_attempts);
exception
    when check_violation or not_null_violation then
        get stacked diagnostics rule = constraint_name;
        raise invalid_parameter_value using
            message = format('function %s cannot be registered', quote_nullable(name)),
            detail = coalesce(
                (select obj_description(c.oid, 'pg_constraint')
                   from pg_constraint c
                  where c.conrelid = 'pglambda.functions'::regclass and c.conname = rule and c.contype = 'c'),
                'name, arn, max_batch_items, enabled and max_attempts must not be null.');
end
$$;
comment on function pglambda.register(text, text, text, text, integer, integer, boolean, integer, integer) is
    'Adds a function to the registry or replaces its row.';

-- pglambda.unregister(name): removes a function from the registry.
-- Raises P0002 when the function is not registered.
-- Callers: pglambda_operator.
create or replace function pglambda.unregister(name text)
    returns void
    language plpgsql
    security definer            -- operators have no right to write the table itself
    set search_path = pg_catalog, pg_temp
as $$
begin
    delete from pglambda.functions f where f.name = unregister.name;
    if not found then
        raise no_data_found using
            message = format('function %s is not registered', quote_nullable(name)),
            hint = 'List the registered functions: select name, arn from pglambda.functions;';
    end if;
end
$$;
comment on function pglambda.unregister(text) is 'Removes a function from the registry.';
