-- pglambda.define(signature, name, options, batch, fields, grantee, async): makes an SQL function with this signature. The
-- function calls the registered function name with an item made of its arguments, and casts the result. With batch,
-- makes name_batch too, with async name_async, which makes durable calls. fields gives the JSON names of arguments and columns that differ from the SQL names. A name
-- that is defined already is replaced. Returns the functions that it made.
-- Raises what pglambda_private.signature, check_definition, wrapper_fields, check_wrapper and make_wrapper raise.
-- Callers: pglambda_operator.
create or replace function pglambda.define(
    signature text,
    name text,
    options jsonb default null,
    batch boolean default false,
    fields jsonb default null,
    grantee text default 'pglambda_invoker',
    async boolean default false
)
    returns setof regprocedure
    language plpgsql
    security definer            -- pglambda_owner owns the wrappers
    set search_path = pg_catalog, pg_temp
as $$
declare
    wrapper jsonb := pglambda_private.signature(signature, true);
    home constant text := wrapper ->> 'schema';
    title constant text := wrapper ->> 'name';
    description constant text := format('Calls function %s, by pglambda.define: %s', name, signature);
    old regprocedure;
    made regprocedure[];
    batch_form regprocedure;
begin
    lock table pglambda.wrappers in share row exclusive mode;     -- one definition at a time
    perform pglambda_private.check_definition(wrapper, name, batch, fields, grantee);
    wrapper := wrapper || jsonb_build_object(
        'function', name, 'options', options,
        'arguments', pglambda_private.wrapper_fields(wrapper -> 'arguments', fields),
        'columns', pglambda_private.wrapper_fields(wrapper -> 'columns', fields));
    perform pglambda_private.check_wrapper(
        wrapper, array_remove(array[case when batch then '_batch' end, case when async then '_async' end], null));
    made[1] := pglambda_private.make_wrapper(
        pglambda_private.wrapper_sql(wrapper), pglambda_private.wrapper_target(wrapper, ''), grantee, description);
    if batch then
        batch_form := pglambda_private.make_wrapper(
            pglambda_private.batch_wrapper_sql(wrapper), pglambda_private.wrapper_target(wrapper, '_batch'), grantee,
            description);
        made := made || batch_form;
    end if;
    if async then
        made := made || pglambda_private.make_wrapper(
            pglambda_private.async_wrapper_sql(wrapper), pglambda_private.wrapper_target(wrapper, '_async'), grantee,
            description);
    end if;
    for old in select f.* from pglambda_private.wrapper_functions(home, title) f where f.* <> all (made) loop
        execute format('drop function %s', old);
    end loop;
    insert into pglambda.wrappers as w
           (schema, name, arguments, batch_arguments, signature, function, options, fields, grantee)
    select home, title, pglambda_private.argument_types(made[1]), pglambda_private.argument_types(batch_form), signature,
           name, options, fields, grantee
        on conflict on constraint wrappers_pkey do update
       set (arguments, batch_arguments, signature, function, options, fields, grantee)
         = (excluded.arguments, excluded.batch_arguments, excluded.signature, excluded.function, excluded.options,
            excluded.fields, excluded.grantee);
    return query select unnest(made);
end
$$;
comment on function pglambda.define(text, text, jsonb, boolean, jsonb, text, boolean) is
    'Makes an SQL function with typed arguments and a typed result that calls a registered function.';

-- pglambda.undefine(wrapper): drops what pglambda.define made, with its forms. wrapper is the name, with its
-- schema where that is not the install schema, or the signature, of which only the arguments have to be right.
-- Raises 42883 when there is no such wrapper, 2BP01 when something depends on it, and what pglambda_private.signature
-- raises.
-- Callers: pglambda_operator.
create or replace function pglambda.undefine(wrapper text)
    returns void
    language plpgsql
    security definer            -- pglambda_owner owns the wrappers
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
            or w.arguments = pglambda_private.argument_types(
                   to_regprocedure(pglambda_private.wrapper_target(parsed, ''))));
    if known.name is null then
        raise undefined_function using
            message = format('pglambda.define has not made %s', wrapper),
            hint = 'List what it has made: select schema, signature from pglambda.wrappers;';
    end if;
    for made in select f.* from pglambda_private.wrapper_functions(known.schema, known.name) f loop
        execute format('drop function %s', made);
    end loop;
    delete from pglambda.wrappers w where w.schema = known.schema and w.name = known.name;
end
$$;
comment on function pglambda.undefine(text) is 'Drops what pglambda.define made, with its batch and its durable form.';
