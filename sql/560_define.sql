-- pglambda.define(signature, name, options, batch, fields, grantee): makes an SQL function with the signature that calls
-- the registered function name with an item of its arguments, and casts the result. batch makes name_batch too.
-- fields says which member of the item an argument is, and of the result a column, where it is not called like it.
-- A name that was defined before is defined anew. Gives the functions that it made.
-- Raises what pglambda_private.signature, check_definition, wrapper_fields, check_wrapper and make_wrapper raise.
-- Callers: pglambda_operator.
create or replace function pglambda.define(
    signature text,
    name text,
    options jsonb default null,
    batch boolean default false,
    fields jsonb default null,
    grantee text default 'pglambda_invoker'
)
    returns setof regprocedure
    language plpgsql
    security definer            -- wrappers are pglambda_owner's
    set search_path = pg_catalog, pg_temp
as $$
declare
    wrapper jsonb := pglambda_private.signature(signature, true);
    home constant text := wrapper ->> 'schema';
    title constant text := wrapper ->> 'name';
    words constant text := format('Calls function %s, by pglambda.define: %s', name, signature);
    old regprocedure;
    made regprocedure[];
begin
    lock table pglambda.wrappers in share row exclusive mode;     -- one definition at a time
    perform pglambda_private.check_definition(wrapper, name, batch, fields, grantee);
    wrapper := wrapper || jsonb_build_object(
        'function', name, 'options', options,
        'arguments', pglambda_private.wrapper_fields(wrapper -> 'arguments', fields),
        'columns', pglambda_private.wrapper_fields(wrapper -> 'columns', fields));
    perform pglambda_private.check_wrapper(wrapper, batch);
    made[1] := pglambda_private.make_wrapper(
        pglambda_private.wrapper_sql(wrapper), pglambda_private.wrapper_target(wrapper, false), grantee, words);
    if batch then
        made[2] := pglambda_private.make_wrapper(
            pglambda_private.batch_wrapper_sql(wrapper), pglambda_private.wrapper_target(wrapper, true), grantee, words);
    end if;
    for old in select f.* from pglambda_private.wrapper_functions(home, title) f where f.* <> all (made) loop
        execute format('drop function %s', old);
    end loop;
    insert into pglambda.wrappers as w
    select home, title, pglambda_private.argument_types(made[1]), pglambda_private.argument_types(made[2]), signature, name, options,
           fields, grantee
        on conflict on constraint wrappers_pkey do update
       set (arguments, batch_arguments, signature, function, options, fields, grantee)
         = (excluded.arguments, excluded.batch_arguments, excluded.signature, excluded.function, excluded.options,
            excluded.fields, excluded.grantee);
    return query select unnest(made);
end
$$;
comment on function pglambda.define(text, text, jsonb, boolean, jsonb, text) is
    'Makes an SQL function with typed arguments and a typed result that calls a registered function.';
