-- Closes the bundle to PUBLIC and to its own roles, also where somebody had opened it by hand. grants/open.sql then
-- gives each role what it needs. Runs as pglambda_owner.
do $$
declare
    closed constant text := concat_ws(', ', 'public', (
        select string_agg(quote_ident(r.rolname), ', ')
          from pg_roles r
         where r.rolname ~ '^pglambda_' and r.rolname <> 'pglambda_owner'
           and shobj_description(r.oid, 'pg_authid') ~ '^pglambda: '));
    wrapper text;
begin
    execute format('revoke all on schema pglambda, pglambda_private from %s', closed);
    execute format('revoke all on all tables in schema pglambda, pglambda_private from %s', closed);
    execute format('revoke all on all sequences in schema pglambda, pglambda_private from %s', closed);
    execute format('revoke all on all routines in schema pglambda, pglambda_private from %s', closed);
    for wrapper in select w.id::regprocedure::text from pglambda_private.shipped_wrappers() w loop
        execute format('revoke all on function %s from %s', wrapper, closed);
    end loop;
end
$$;
