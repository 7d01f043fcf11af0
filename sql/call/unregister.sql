-- Removing a function from the registry.

-- pglambda_private.uses(name): what uses a registered function: triggers, typed wrappers, and durable calls that are
-- not finished.
create or replace function pglambda_private.uses(name text)
    returns setof text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    -- The arguments of a trigger are texts that end with a zero byte. Clones of partitions have a parent.
    select format('trigger %I on %s', t.tgname, t.tgrelid::regclass)
      from pg_trigger t
     where t.tgfoid = 'pglambda.enqueue_row()'::regprocedure and t.tgparentid = 0
       and split_part(encode(t.tgargs, 'escape'), '\000', 1) = uses.name
    union all
    select format('typed wrapper %I.%I', w.schema, w.name) from pglambda.wrappers w where w.function = uses.name
    union all
    select format('%s durable calls', count(*))
      from pglambda.outbox o
     where o.function = uses.name and o.state in ('waiting', 'running')
    having count(*) > 0
$$;
comment on function pglambda_private.uses(text) is 'What uses a registered function.';

-- pglambda.unregister(name): removes a function from the registry.
-- Raises P0002 when the function is not registered, 2BP01 while a trigger, a typed wrapper or a durable call uses it.
-- Callers: pglambda_operator.
create or replace function pglambda.unregister(name text)
    returns void
    language plpgsql
    security definer            -- operators have no right to write the table itself
    set search_path = pg_catalog, pg_temp
as $$
declare
    uses constant text[] := array(select u from pglambda_private.uses(name) u order by u);
begin
    delete from pglambda.functions f where f.name = unregister.name;
    if not found then
        perform pglambda_private.not_registered(name);
    elsif uses <> '{}' then
        raise dependent_objects_still_exist using
            message = format('function %L is in use and stays registered', name),
            detail = array_to_string(uses[:10], ', ')
                     || case when cardinality(uses) > 10 then format(' and %s more', cardinality(uses) - 10)
                             else '' end,
            hint = format('Drop the triggers, undefine the wrappers and deliver the durable calls first. To stop '
                          'calls at once: select pglambda.disable(%L);', name);
    end if;
end
$$;
comment on function pglambda.unregister(text) is 'Removes a function that nothing uses from the registry.';
