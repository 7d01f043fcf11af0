-- pglambda.unregister(name): removes a function from the registry. Raises P0002 when it is not there.
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
            hint = 'What is: select name, arn from pglambda.functions;';
    end if;
end
$$;
comment on function pglambda.unregister(text) is 'Removes a function from the registry.';
