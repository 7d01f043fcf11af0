-- pglambda_private.row_query(relation): a query that makes JSON of $1, a row of that table, or null when to_jsonb can
-- be used. to_jsonb runs a type's cast to json, which is code of the type's owner, and here with the rights of
-- pglambda_owner. So columns of types that are not PostgreSQL's own become their text, by format, which runs no cast.
create or replace function pglambda_private.row_query(relation oid)
    returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select 'select jsonb_object_agg(c.name, c.value) from (values '
           || string_agg(
                  case
                      when c.own then format('(%L, to_jsonb(($1).%I))', c.attname, c.attname)
                      else format($f$(%L, case when ($1).%2$I is distinct from null
                                               then to_jsonb(format('%%s', ($1).%2$I)) end)$f$, c.attname, c.attname)
                  end, ', ' order by c.attnum)
           || ') c (name, value)'
      from (
          select a.attname, a.attnum,
                 -- Only initdb gives ids below 16384. A domain is treated as its base type.
                 a.atttypid < 16384 or (t.typtype = 'd' and t.typbasetype < 16384) as own,
                 bool_and(a.atttypid < 16384) over () as all_own
            from pg_attribute a
            join pg_type t on t.oid = a.atttypid
           where a.attrelid = relation and a.attnum > 0 and not a.attisdropped) c
     where not c.all_own
$$;
comment on function pglambda_private.row_query(oid) is 'A query that makes JSON of a row without running casts.';

-- pglambda.enqueue_row(function[, options]): a trigger that enqueues each change of a row, as the item
-- {"op": "UPDATE", "table": "public.orders", "old": {...}, "new": {...}}. old is null for an insert, new for a delete.
-- For AFTER ... FOR EACH ROW. Raises 39P01 for other triggers or arguments, and what pglambda.enqueue raises.
-- Callers: the role that creates the trigger needs pglambda_operator; the role that writes the table needs no right
-- here.
create or replace function pglambda.enqueue_row()
    returns trigger
    language plpgsql
    security definer            -- the role that writes the table has no right on schema pglambda
    set search_path = pg_catalog, pg_temp
as $$
declare
    query text;
    old_row jsonb;
    new_row jsonb;
begin
    if tg_when <> 'AFTER' or tg_level <> 'ROW' or tg_nargs not between 1 and 2 then
        raise trigger_protocol_violated using
            message = format('trigger %I of %I.%I cannot enqueue rows', tg_name, tg_table_schema, tg_table_name),
            hint = 'The right form: create trigger ... after insert or update or delete on ... for each row '
                   'execute function pglambda.enqueue_row(''<function>''[, ''<options as JSON>'']);';
    end if;
    query := pglambda_private.row_query(tg_relid);
    if query is null then
        old_row := to_jsonb(old);
        new_row := to_jsonb(new);
    else
        if tg_op <> 'INSERT' then
            execute query into old_row using old;
        end if;
        if tg_op <> 'DELETE' then
            execute query into new_row using new;
        end if;
    end if;
    perform pglambda.enqueue(
        tg_argv[0],
        jsonb_build_object('op', tg_op, 'table', format('%I.%I', tg_table_schema, tg_table_name),
                           'old', old_row, 'new', new_row),
        tg_argv[1]::jsonb);
    return null;
end
$$;
comment on function pglambda.enqueue_row() is 'Trigger: enqueues each change of a row for a function.';
