-- Schema lambda, owned by pglambda_owner: everything of the bundle but the wrappers.
-- Raises 42P06 when the database has a schema of that name that is not ours.
do $$
declare
    owner name := (select n.nspowner::regrole::name from pg_namespace n where n.nspname = 'lambda');
begin
    if owner is null then
        create schema lambda authorization pglambda_owner;
    elsif owner <> 'pglambda_owner' then
        raise duplicate_schema using
            message = format('this database has a schema lambda already, and it belongs to %s', owner),
            hint = 'The bundle needs that name: rename the other schema, or install into another database.';
    end if;
end
$$;
