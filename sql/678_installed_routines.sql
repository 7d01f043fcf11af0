-- lambda.installed_routines: the bundle's functions as the last installation left them, for lambda.check_routines.
-- 699_record_routines.sql fills it when all of them are there.
-- Callers: lambda.check_routines.
create table if not exists lambda.installed_routines (
    routine text constraint installed_routines_pkey primary key,
    digest text not null
);
comment on table lambda.installed_routines is 'The bundle''s functions as the last installation left them.';
comment on column lambda.installed_routines.routine is 'Name and arguments.';
comment on column lambda.installed_routines.digest is 'A digest of what it does.';
comment on constraint installed_routines_pkey on lambda.installed_routines is 'A function is listed once.';
