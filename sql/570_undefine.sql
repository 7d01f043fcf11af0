-- pglambda.undefine(wrapper): drops what pglambda.define made, with its batch form. wrapper is its name, with its schema
-- where that is not the install schema, or its signature, of which only the arguments then have to be right.
-- Raises 42883 when there is no such wrapper, 2BP01 when something depends on it, and what pglambda_private.signature raises.
-- Callers: pglambda_operator.
create or replace function pglambda.undefine(wrapper text)
    returns void
    language plpgsql
    security definer            -- wrappers are pglambda_owner's
    set search_path = pg_catalog, pg_temp
as $$
declare
    parsed constant jsonb := pglambda_private.signature(wrapper, false);
    known pglambda.wrappers;
    made regprocedure;
begin
    lock table pglambda.wrappers in share row exclusive mode;
    select w.* into known
      from pglambda.wrappers w
     where w.schema = parsed ->> 'schema' and w.name = parsed ->> 'name'
       and (parsed -> 'arguments' is null
            or parsed -> 'arguments' = pglambda_private.signature(w.signature, true) -> 'arguments'
            or w.arguments = pglambda_private.argument_types(to_regprocedure(pglambda_private.wrapper_target(parsed, false))));
    if known.name is null then
        raise undefined_function using
            message = format('pglambda.define has made no %s', wrapper),
            hint = 'What it has: select schema, signature from pglambda.wrappers;';
    end if;
    for made in select f.* from pglambda_private.wrapper_functions(known.schema, known.name) f loop
        execute format('drop function %s', made);
    end loop;
    delete from pglambda.wrappers w where w.schema = known.schema and w.name = known.name;
end
$$;
comment on function pglambda.undefine(text) is 'Drops what pglambda.define made, with its batch form.';
