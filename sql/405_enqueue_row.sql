-- pglambda.enqueue_row(function[, options]): trigger that enqueues what happened to a row, as the item
-- {"op": "UPDATE", "table": "public.orders", "old": {…}, "new": {…}}, null for an old or new row that there is not.
-- For AFTER … FOR EACH ROW. Raises 39P01 for other triggers or arguments, and what pglambda.enqueue raises.
-- Callers: who creates the trigger needs pglambda_operator; who writes the table needs no right here.
create or replace function pglambda.enqueue_row()
    returns trigger
    language plpgsql
    security definer            -- who writes the table has no right on schema lambda
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
            hint = 'The form: create trigger … after insert or update or delete on … for each row '
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
comment on function pglambda.enqueue_row() is 'Trigger: enqueues what happened to a row for a function.';
