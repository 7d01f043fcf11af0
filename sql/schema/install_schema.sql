-- Decides where the wrappers go: to the schema that the setting pglambda.install_schema names; without the setting,
-- to the schema where they are, or to public. Gives pglambda_owner the rights on that schema.
-- Raises 3F000 when the schema does not exist, 55000 when the wrappers are in another one, 42501 when the installer may
-- not grant rights on it.

-- pglambda_private.install_schema(): the schema of the shipped wrappers, and of typed wrappers that name no schema.
create or replace function pglambda_private.install_schema()
    returns name
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce((select min(w.schema) from pglambda_private.shipped_wrappers() w),
                    (select i.install_schema from pglambda_private.installation i), 'public')
$$;
comment on function pglambda_private.install_schema() is 'The schema where wrappers go.';

do $$
declare
    chosen constant name := coalesce(nullif(current_setting('pglambda.install_schema', true), ''),
                                     pglambda_private.install_schema());
    elsewhere constant text := (select string_agg(
                                           format('alter function %s set schema %I;', w.id::regprocedure, chosen), ' '
                                           order by w.id::regprocedure::text)
                                  from pglambda_private.shipped_wrappers() w
                                 where w.schema <> chosen);
begin
    if not exists (select from pg_namespace n where n.nspname = chosen) then
        raise invalid_schema_name using
            message = format('schema %I, where the wrappers are to go, does not exist', chosen),
            hint = format('Create it first: create schema %I; Or choose another one with the setting '
                          'pglambda.install_schema.', chosen);
    elsif elsewhere is not null then
        raise object_not_in_prerequisite_state using
            message = format('the wrappers are in schema %I and are not moved to %I',
                             pglambda_private.install_schema(), chosen),
            hint = format('Leave pglambda.install_schema unset, or move them: %s', elsewhere);
    end if;

    begin
        perform set_config('role', current_setting('pglambda.installer'), true);
        if not (has_schema_privilege('pglambda_owner', chosen, 'usage')
                and has_schema_privilege('pglambda_owner', chosen, 'create')) then
            execute format('grant usage, create on schema %I to pglambda_owner', chosen);
        end if;
        if not has_schema_privilege('pglambda_invoker', chosen, 'usage') then
            execute format('grant usage on schema %I to pglambda_invoker', chosen);
        end if;
        if not has_schema_privilege('pglambda_owner', chosen, 'create') then
            raise insufficient_privilege;       -- without the grant option, GRANT may only warn
        end if;
        perform set_config('role', 'pglambda_owner', true);
    exception
        when insufficient_privilege then
            raise insufficient_privilege using
                message = format('role %I may not grant rights on schema %I',
                                 current_setting('pglambda.installer'), chosen),
                hint = format('Let the owner of the schema run: grant usage, create on schema %1$I to pglambda_owner; '
                              'grant usage on schema %1$I to pglambda_invoker;', chosen);
    end;

    insert into pglambda_private.installation as i (install_schema) values (chosen)
        on conflict on constraint installation_pkey do update set install_schema = excluded.install_schema
     where i.install_schema <> excluded.install_schema;
    perform set_config('pglambda.install_schema', chosen, true);
end
$$;
