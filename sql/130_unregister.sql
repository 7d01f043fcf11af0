-- lambda.unregister(name): removes a function from the registry. Raises P0002 when it is not there.
-- Callers: lambda_operator.
create or replace function lambda.unregister(name text)
    returns void
    language plpgsql
    security definer            -- operators have no right to write the table itself
    set search_path = pg_catalog, pg_temp
as $$
begin
    delete from lambda.functions f where f.name = unregister.name;
    if not found then
        raise no_data_found using
            message = format('function %s is not registered', quote_nullable(name)),
            hint = 'What is: select name, arn from lambda.functions;';
    end if;
end
$$;
comment on function lambda.unregister(text) is 'Removes a function from the registry.';
