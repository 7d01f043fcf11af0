-- lambda.library: what the Java library last installed here, so that lambda.check can tell when another version of the
-- bundle has come by another way. One row at most. SqlBundle says the version by the setting lambda.library; psql,
-- which knows no library, leaves the row alone.
-- Callers: lambda.check_version.
create table if not exists lambda.library (
    single boolean not null default true constraint library_pkey primary key
        constraint library_single check (single),
    version text not null
);
comment on table lambda.library is 'What the Java library last installed here.';
comment on column lambda.library.single is 'Always true: there is one row at most.';
comment on column lambda.library.version is 'The library''s version.';
comment on constraint library_pkey on lambda.library is 'There is one row at most.';
comment on constraint library_single on lambda.library is 'There is one row at most.';
insert into lambda.library as l (version)
select s.version
  from (select nullif(current_setting('lambda.library', true), '')) s (version)
 where s.version is not null
    on conflict on constraint library_pkey do update set version = excluded.version where l.version <> excluded.version;
