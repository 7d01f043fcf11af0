-- pglambda_private.argument_types(made): the types of a function's arguments, as pglambda.wrappers has them.
-- Callers: private; pglambda.define.
create or replace function pglambda_private.argument_types(made regprocedure)
    returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select oidvectortypes(p.proargtypes) from pg_proc p where p.oid = made
$$;
comment on function pglambda_private.argument_types(regprocedure) is 'Private: the types of a function''s arguments.';
