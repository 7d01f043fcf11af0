-- Records the bundle's functions as this installation leaves them, for lambda.check_routines. After the last of them.
delete from lambda.installed_routines i
 where not exists (select from lambda.routines() r where r.routine = i.routine);
insert into lambda.installed_routines as i (routine, digest)
select r.routine, r.digest
  from lambda.routines() r
    on conflict on constraint installed_routines_pkey do update set digest = excluded.digest
 where i.digest <> excluded.digest;
