-- lambda.wrapper_functions(schema, name): the functions that lambda.define made for a name, those that are still there:
-- the wrapper, and its batch form if it has one.
-- Callers: private; lambda.define and lambda.undefine.
create or replace function lambda.wrapper_functions(schema text, name text)
    returns setof regprocedure
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select p.oid::regprocedure
      from lambda.wrappers w
      join pg_namespace n on n.nspname = w.schema
      join pg_proc p on p.pronamespace = n.oid and p.proowner = 'lambda_owner'::regrole
                    and ((p.proname = w.name and oidvectortypes(p.proargtypes) = w.arguments)
                         or (p.proname = w.name || '_batch' and oidvectortypes(p.proargtypes) = w.batch_arguments))
     where w.schema = wrapper_functions.schema and w.name = wrapper_functions.name
     order by p.proname
$$;
comment on function lambda.wrapper_functions(text, text) is
    'Private: the functions that lambda.define made for a name.';
