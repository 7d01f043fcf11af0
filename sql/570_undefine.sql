-- lambda.undefine(wrapper): drops what lambda.define made, with its batch form. wrapper is its name, with its schema
-- where that is not the install schema, or its signature, of which only the arguments then have to be right.
-- Raises 42883 when there is no such wrapper, 2BP01 when something depends on it, and what lambda.signature raises.
-- Callers: lambda_operator.
create or replace function lambda.undefine(wrapper text)
    returns void
    language plpgsql
    security definer            -- wrappers are lambda_owner's
    set search_path = pg_catalog, pg_temp
as $$
declare
    parsed constant jsonb := lambda.signature(wrapper, false);
    known lambda.wrappers;
    made regprocedure;
begin
    lock table lambda.wrappers in share row exclusive mode;
    select w.* into known
      from lambda.wrappers w
     where w.schema = parsed ->> 'schema' and w.name = parsed ->> 'name'
       and (parsed -> 'arguments' is null
            or parsed -> 'arguments' = lambda.signature(w.signature, true) -> 'arguments'
            or w.arguments = lambda.argument_types(to_regprocedure(lambda.wrapper_target(parsed, false))));
    if known.name is null then
        raise undefined_function using
            message = format('lambda.define has made no %s', wrapper),
            hint = 'What it has: select schema, signature from lambda.wrappers;';
    end if;
    for made in select f.* from lambda.wrapper_functions(known.schema, known.name) f loop
        execute format('drop function %s', made);
    end loop;
    delete from lambda.wrappers w where w.schema = known.schema and w.name = known.name;
end
$$;
comment on function lambda.undefine(text) is 'Drops what lambda.define made, with its batch form.';
