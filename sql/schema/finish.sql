-- Ends an installation: drops what is gone, and records what is left.

-- The functions of an earlier version that this one does not have are those that this installation has not
-- replaced.
-- A private function goes one installation later: calls that run now may still need it.
-- Raises 2BP01 when something of a user depends on a function that is gone.
do $$
declare
    gone record;
begin
    perform set_config('role', 'pglambda_owner', true);
    for gone in
        select p.oid::regprocedure as id, r.routine, n.nspname = 'pglambda_private' as is_private
          from pglambda_private.routines() r
          join pg_proc p on p.oid = r.id
          join pg_namespace n on n.oid = p.pronamespace
         where age(p.xmin) > age(pg_current_xact_id()::xid)         -- written before this transaction began to write
    loop
        if gone.is_private and exists (select from pglambda_private.installed_routines i
                                        where i.routine = gone.routine) then
            delete from pglambda_private.installed_routines i where i.routine = gone.routine;
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
end
$$;

-- Records what this installation leaves, and whether anything is new.
delete from pglambda_private.installed_routines i
 where not exists (select from pglambda_private.routines() r where r.routine = i.routine);
insert into pglambda_private.installed_routines as i (routine, digest)
select r.routine, r.digest
  from pglambda_private.routines() r
  join pg_proc p on p.oid = r.id
 where age(p.xmin) <= age(pg_current_xact_id()::xid)            -- not the private functions that are gone
    on conflict on constraint installed_routines_pkey do update set digest = excluded.digest
 where i.digest <> excluded.digest;
update pglambda_private.installation i
   set library = current_setting('pglambda.library', true)
 where nullif(current_setting('pglambda.library', true), '') <> coalesce(i.library, '');
do $$
begin
    perform set_config('pglambda.unchanged', case
        when pglambda_private.fingerprint() = current_setting('pglambda.before') then 'yes' else 'no' end, true);
    perform set_config('role', current_setting('pglambda.installer'), true);
end
$$;
