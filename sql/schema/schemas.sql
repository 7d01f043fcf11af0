-- The two schemas: pglambda holds what people call and read, pglambda_private the rest. pglambda_owner owns both.
-- From here on the installation acts as pglambda_owner, so that this role owns all that is created.
-- Raises 42P06 when the database has a schema of one of these names that is not the bundle's, 42501 when the installer
-- may not create schemas.

-- From here on, nobody is to wait for this installation because it waits for somebody. Before, it may wait for one that
-- creates the roles in another database.
set local lock_timeout = '1s';

do $$
declare
    wanted name;
    owner name;
begin
    foreach wanted in array '{pglambda,pglambda_private}'::name[] loop
        owner := (select n.nspowner::regrole::name from pg_namespace n where n.nspname = wanted);
        if owner is null and not has_database_privilege(current_database(), 'create') then
            raise insufficient_privilege using
                message = format('role %I may not create schemas in database %I', current_user, current_database()),
                hint = format('Let the owner of the database run: grant create on database %I to %I;',
                              current_database(), current_user);
        elsif owner is null then
            execute format('create schema %I authorization pglambda_owner', wanted);
        elsif owner <> 'pglambda_owner' then
            raise duplicate_schema using
                message = format('this database has a schema %I already, and it belongs to %s', wanted, owner),
                hint = 'The bundle needs this name: rename the other schema, or install into another database.';
        end if;
    end loop;
end
$$;

set local role pglambda_owner;
do $$
declare
    before text;
begin
    if to_regprocedure('pglambda_private.fingerprint()') is not null then       -- from an earlier installation
        execute 'select pglambda_private.fingerprint()' into before;
    end if;
    perform set_config('pglambda.before', coalesce(before, ''), true);
end
$$;
-- Closes new functions to PUBLIC. Without "in schema": defaults within a schema can only add rights.
alter default privileges for role pglambda_owner revoke execute on functions from public;
comment on schema pglambda is 'pglambda: PostgreSQL calls typed Java on AWS Lambda. Start with pglambda.functions.';
comment on schema pglambda_private is 'The parts of pglambda that nobody calls directly.';
