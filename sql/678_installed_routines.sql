-- pglambda_private.installed_routines: the bundle's functions as the last installation left them, for pglambda_private.check_routines.
-- 699_record_routines.sql fills it when all of them are there.
-- Callers: pglambda_private.check_routines.
create table if not exists pglambda_private.installed_routines (
    routine text constraint installed_routines_pkey primary key,
    digest text not null
);
comment on table pglambda_private.installed_routines is 'The bundle''s functions as the last installation left them.';
comment on column pglambda_private.installed_routines.routine is 'Name and arguments.';
comment on column pglambda_private.installed_routines.digest is 'A digest of what it does.';
comment on constraint installed_routines_pkey on pglambda_private.installed_routines is 'A function is listed once.';
