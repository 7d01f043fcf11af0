-- What pglambda.define made, and how it makes it.

-- pglambda_private.wrapper_target(wrapper, form): a wrapper, or its form _batch or _async, with the types of its
-- arguments, in the form of to_regprocedure. wrapper is as for pglambda_private.wrapper_sql.
create or replace function pglambda_private.wrapper_target(wrapper jsonb, form text)
    returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select format('%I.%I(%s)', wrapper ->> 'schema', (wrapper ->> 'name') || form,
                  string_agg((a.entry ->> 'type') || case when form = '_batch' then '[]' else '' end, ', ' order by a.place))
      from jsonb_array_elements(wrapper -> 'arguments') with ordinality a (entry, place)
$$;
comment on function pglambda_private.wrapper_target(jsonb, text) is
    'A wrapper, or one of its forms, with the types of its arguments.';

-- pglambda_private.argument_types(made): the types of a function's arguments, in the form of pglambda.wrappers.
create or replace function pglambda_private.argument_types(made regprocedure)
    returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select oidvectortypes(p.proargtypes) from pg_proc p where p.oid = made
$$;
comment on function pglambda_private.argument_types(regprocedure) is 'The types of a function''s arguments.';

-- pglambda_private.wrapper_functions(schema, name): the functions that pglambda.define made for a name and that still
-- exist: the wrapper, its batch form, and its durable form.
create or replace function pglambda_private.wrapper_functions(schema text, name text)
    returns setof regprocedure
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select p.oid::regprocedure
      from pglambda.wrappers w
      join pg_namespace n on n.nspname = w.schema
      join pg_proc p on p.pronamespace = n.oid and p.proowner = 'pglambda_owner'::regrole
                    and ((p.proname in (w.name, w.name || '_async')
                          and oidvectortypes(p.proargtypes) = w.arguments)
                         or (p.proname = w.name || '_batch' and oidvectortypes(p.proargtypes) = w.batch_arguments))
     where w.schema = wrapper_functions.schema and w.name = wrapper_functions.name
     order by p.proname
$$;
comment on function pglambda_private.wrapper_functions(text, text) is
    'The functions that pglambda.define made for a name.';

-- pglambda_private.make_wrapper(statement, target, grantee, description): runs the statement that makes a wrapper,
-- target, also in place of an existing one. Only grantee may call it. For another result type, the existing one is
-- dropped first: 2BP01 when something depends on it.
create or replace function pglambda_private.make_wrapper(
    statement text, target text, grantee name, description text
)
    returns regprocedure
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    made regprocedure := to_regprocedure(target);
    caller text;
begin
    begin
        execute statement;
    exception
        when invalid_function_definition then
            if made is null then
                raise;
            end if;
            execute format('drop function %s', made);
            execute statement;
    end;
    made := target::regprocedure;
    execute format('revoke all on function %s from public', made);
    for caller in
        select distinct a.grantee::regrole::text
          from pg_proc p, aclexplode(p.proacl) a
         where p.oid = made and a.grantee not in (0, p.proowner)
    loop
        execute format('revoke all on function %s from %s', made, caller);
    end loop;
    if grantee is not null then
        execute format('grant execute on function %s to %I', made, grantee);
    end if;
    execute format('comment on function %s is %L', made, description);
    return made;
exception
    when dependent_objects_still_exist then
        raise dependent_objects_still_exist using
            message = format('%s cannot be defined with another result: other objects depend on it', made),
            detail = sqlerrm, hint = 'Drop them first, or choose another name.';
end
$$;
comment on function pglambda_private.make_wrapper(text, text, name, text) is 'Makes a wrapper, or replaces it.';
