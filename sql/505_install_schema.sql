-- pglambda.install_schema(): where the shipped wrappers are, and what pglambda.define makes goes by default.
-- Callers: private; pglambda_private.signature.
create or replace function pglambda.install_schema()
    returns name
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(min(n.nspname), 'public')
      from pg_proc p
      join pg_namespace n on n.oid = p.pronamespace
     where p.proname = 'process_data' and p.proowner = 'pglambda_owner'::regrole
$$;
comment on function pglambda.install_schema() is 'Private: where the shipped wrappers are.';
