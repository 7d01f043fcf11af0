-- pglambda_private.make_wrapper(statement, target, grantee, words): runs a statement that makes a wrapper, target, in place of
-- one that is there, and lets the grantee call it and nobody else. Where the result is another, the old one has to go
-- first: 2BP01 when something depends on it.
-- Callers: private; pglambda.define.
create or replace function pglambda_private.make_wrapper(statement text, target text, grantee name, words text)
    returns regprocedure
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    made regprocedure := to_regprocedure(target);
    caller text;
begin
    begin
        execute statement;
    exception
        when invalid_function_definition then
            if made is null then
                raise;
            end if;
            execute format('drop function %s', made);
            execute statement;
    end;
    made := target::regprocedure;
    execute format('revoke all on function %s from public', made);
    for caller in
        select distinct a.grantee::regrole::text
          from pg_proc p, aclexplode(p.proacl) a
         where p.oid = made and a.grantee not in (0, p.proowner)
    loop
        execute format('revoke all on function %s from %s', made, caller);
    end loop;
    if grantee is not null then
        execute format('grant execute on function %s to %I', made, grantee);
    end if;
    execute format('comment on function %s is %L', made, words);
    return made;
exception
    when dependent_objects_still_exist then
        raise dependent_objects_still_exist using
            message = format('%s cannot be defined anew with another result: other objects depend on it', made),
            detail = sqlerrm, hint = 'Drop them first, or choose another name.';
end
$$;
comment on function pglambda_private.make_wrapper(text, text, name, text) is 'Private: makes a wrapper, or makes it anew.';
