-- Drops the functions of a former version that this one does not have: those that this installation has not written.
-- Comes before grants/close.sql, which writes them all.
-- A private function goes one installation later, because calls that run now may still need it.
-- Raises 2BP01 when something of a user depends on a function that is gone.
do $$
declare
    gone record;
    kept text[] := '{}';
begin
    for gone in
        select p.oid::regprocedure as id, r.routine,
               n.nspname = 'pglambda_private'
               and r.routine in (select i.routine from pglambda_private.installed_routines i) as is_needed
          from pglambda_private.routines() r
          join pg_proc p on p.oid = r.id
          join pg_namespace n on n.oid = p.pronamespace
         where age(p.xmin) > age(pg_current_xact_id()::xid)         -- written before this transaction began to write
    loop
        if gone.is_needed then
            kept := kept || gone.routine;
        else
            begin
                execute format('drop routine %s', gone.id);
            exception
                when dependent_objects_still_exist then
                    raise dependent_objects_still_exist using
                        message = format('%s does not exist in version %s, and something depends on it',
                                         gone.id, current_setting('pglambda.version')),
                        detail = sqlerrm,
                        hint = 'Drop or change what depends on it, and install again.';
            end;
        end if;
    end loop;
    perform set_config('pglambda.former', kept::text, true);        -- for schema/finish.sql
end
$$;
