-- pglambda_private.check_wrapper(wrapper, batch): raises where a wrapper must not be made. 3F000 and 42501 when its schema is not
-- there, not one for it, or closed to pglambda_owner; 42723 when a function of its name, or of its batch form's, is not
-- the one that pglambda.define made before, whatever its arguments: a call could then mean the other one, or PostgreSQL's
-- own of that name. The shipped wrappers' names are taken in every schema: the installation finds them by name.
-- Callers: private; pglambda.define.
create or replace function pglambda_private.check_wrapper(wrapper jsonb, batch boolean)
    returns void
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    home constant text := wrapper ->> 'schema';
    names constant text[] := case when batch then array[wrapper ->> 'name', (wrapper ->> 'name') || '_batch']
                                  else array[wrapper ->> 'name'] end;
    taken text;
begin
    if not exists (select from pg_namespace n where n.nspname = home) then
        raise invalid_schema_name using
            message = format('schema %I, where the wrapper is to go, does not exist', home),
            hint = format('Create it first: create schema %I;', home);
    elsif home ~ '^(pg_.*|information_schema|lambda|aws_lambda|aws_commons)$' then
        raise insufficient_privilege using message = format('schema %I is not one for wrappers', home);
    elsif not (has_schema_privilege('pglambda_owner', home, 'usage')
               and has_schema_privilege('pglambda_owner', home, 'create')) then
        raise insufficient_privilege using
            message = format('pglambda_owner, which owns the wrappers, may not create functions in schema %I', home),
            hint = format('Let the schema''s owner run: grant usage, create on schema %I to pglambda_owner;', home);
    elsif octet_length(names[2]) > 63 then
        raise name_too_long using message = format('the name %I is longer than 63 bytes', names[2]);
    end if;
    taken := (select min(p.oid::regprocedure::text)
                from pg_proc p
                join pg_namespace n on n.oid = p.pronamespace
               where p.proname = any (names)
                 and (n.nspname in (home, 'pg_catalog') or p.proname ~ '^((process|transform|validate)_data|is_valid$)')
                 and p.oid not in (select pglambda_private.wrapper_functions(home, names[1])));
    if taken is not null then
        raise duplicate_function using
            message = format('%s exists and is not what pglambda.define made as %I.%I', taken, home, names[1]),
            hint = 'Choose another name, or drop it.';
    end if;
end
$$;
comment on function pglambda_private.check_wrapper(jsonb, boolean) is 'Private: raises where a wrapper must not be made.';
