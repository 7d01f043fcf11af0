-- Steps: what creates and changes tables and views. Each is a file that install.sql names, and runs once in a database.
-- A step of a released version is never changed: what comes later is a step of its own, after the others.

-- pglambda_private.steps: the steps that this database has.
do $$
begin
    if to_regclass('pglambda_private.steps') is null then
        create table pglambda_private.steps (
            name text constraint steps_pkey primary key,
            applied_at timestamptz not null default now()
        );
        comment on table pglambda_private.steps is 'What created and changed the tables of this database.';
        comment on column pglambda_private.steps.name is 'The name of the step, as in install.sql.';
        comment on column pglambda_private.steps.applied_at is 'When this database got it.';
        comment on constraint steps_pkey on pglambda_private.steps is 'A step is applied once.';
    end if;
end
$$;

-- pglambda_private.is_new_step(name, function): whether this database lacks the step, which is recorded: the
-- installation that asks applies it. A step that fails ends the installation, and the record with it. function is for
-- a step that belongs to the wrappers of that function: it is new where they are wanted.
-- Callers: install.sql.
create or replace function pglambda_private.is_new_step(name text, function text default null)
    returns boolean
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
begin
    if function is not null then        -- not in one expression: the first steps come before wants_wrappers
        if not pglambda_private.wants_wrappers(function) then
            return false;
        end if;
    end if;
    insert into pglambda_private.steps (name) values (name) on conflict on constraint steps_pkey do nothing;
    return found;
end
$$;
comment on function pglambda_private.is_new_step(text, text) is
    'Whether this database lacks a step, which is recorded.';

-- pglambda_private.lock_table(wanted): takes the lock that a change of a table needs. Waits only for moments, and
-- lets the others go first in between: calls that come meanwhile queue behind a waiting lock.
-- Raises 55P03 with the sessions that hold the table.
-- Callers: steps that change a table, in their first statement: do $$ begin perform pglambda_private.lock_table(...).
create or replace function pglambda_private.lock_table(wanted regclass)
    returns void
    language plpgsql
    set search_path = pg_catalog, pg_temp
    set lock_timeout = '250ms'
as $$
begin
    for attempt in 1 .. 20 loop
        begin
            execute format('lock table %s in access exclusive mode', wanted);
            return;
        exception
            when lock_not_available then
                perform pg_sleep(0.1 + random() / 5);
        end;
    end loop;
    raise lock_not_available using
        message = format('the installation changes table %s, and other sessions do not release it', wanted),
        detail = format('They are the sessions %s.', (
            select string_agg(distinct l.pid::text, ', ')
              from pg_locks l
             where l.relation = wanted and l.pid <> pg_backend_pid()
               and l.database = (select d.oid from pg_database d where d.datname = current_database()))),
        hint = 'Nothing was changed. End their transactions, or wait for them, and install again.';
end
$$;
comment on function pglambda_private.lock_table(regclass) is 'Takes the lock that a change of a table needs.';
