-- Records the functions of the bundle as this installation leaves them, for pglambda_private.check_routines. Comes
-- after the last function.
delete from pglambda_private.installed_routines i
 where not exists (select from pglambda_private.routines() r where r.routine = i.routine);
insert into pglambda_private.installed_routines as i (routine, digest)
select r.routine, r.digest
  from pglambda_private.routines() r
    on conflict on constraint installed_routines_pkey do update set digest = excluded.digest
 where i.digest <> excluded.digest;
