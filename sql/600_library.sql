-- pglambda_private.library: what the Java library last installed here, so that pglambda.check can tell when another version of the
-- bundle has come by another way. One row at most. SqlBundle says the version by the setting pglambda_private.library; psql,
-- which knows no library, leaves the row alone.
-- Callers: pglambda_private.check_version.
create table if not exists pglambda_private.library (
    single boolean not null default true constraint library_pkey primary key
        constraint library_single check (single),
    version text not null
);
comment on table pglambda_private.library is 'What the Java library last installed here.';
comment on column pglambda_private.library.single is 'Always true: there is one row at most.';
comment on column pglambda_private.library.version is 'The library''s version.';
comment on constraint library_pkey on pglambda_private.library is 'There is one row at most.';
comment on constraint library_single on pglambda_private.library is 'There is one row at most.';
insert into pglambda_private.library as l (version)
select s.version
  from (select nullif(current_setting('pglambda_private.library', true), '')) s (version)
 where s.version is not null
    on conflict on constraint library_pkey do update set version = excluded.version where l.version <> excluded.version;
