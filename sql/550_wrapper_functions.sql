-- pglambda_private.wrapper_functions(schema, name): the functions that pglambda.define made for a name, those that are still there:
-- the wrapper, and its batch form if it has one.
-- Callers: private; pglambda.define and pglambda.undefine.
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
                    and ((p.proname = w.name and oidvectortypes(p.proargtypes) = w.arguments)
                         or (p.proname = w.name || '_batch' and oidvectortypes(p.proargtypes) = w.batch_arguments))
     where w.schema = wrapper_functions.schema and w.name = wrapper_functions.name
     order by p.proname
$$;
comment on function pglambda_private.wrapper_functions(text, text) is
    'Private: the functions that pglambda.define made for a name.';
