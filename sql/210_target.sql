-- lambda.target(name): the registry's row for a name that is about to be called.
-- Raises P0002 when it is not registered, 39000 when it is disabled.
-- Callers: private; every form of call.
create or replace function lambda.target(name text)
    returns lambda.functions
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    found_row lambda.functions;
begin
    select f.* into found_row from lambda.functions f where f.name = target.name;
    if not found then
        raise no_data_found using
            message = format('function %s is not registered', quote_nullable(name)),
            hint = format('An operator adds it with: select lambda.register(%s, ''<function name or ARN>'');',
                          quote_nullable(name));
    end if;
    if not found_row.enabled then
        raise external_routine_invocation_exception using
            message = format('function %L is disabled', name),
            hint = 'An operator enables it in lambda.functions, with lambda.register.';
    end if;
    return found_row;
end
$$;
comment on function lambda.target(text) is 'Private: the registry''s row for a name that is about to be called.';
