-- Ends an installation: records what it leaves, and whether anything is new. A private function of a former version is
-- not listed, so that the next installation drops it.
delete from pglambda_private.installed_routines i
 where i.routine not in (select r.routine from pglambda_private.routines() r)
    or i.routine = any (current_setting('pglambda.former')::text[]);
insert into pglambda_private.installed_routines as i (routine, digest)
select r.routine, r.digest
  from pglambda_private.routines() r
 where r.routine <> all (current_setting('pglambda.former')::text[])
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
