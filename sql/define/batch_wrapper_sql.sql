-- The statement that makes the batch form of a typed wrapper. wrapper is as for pglambda_private.wrapper_sql.

-- pglambda_private.batch_items_sql(arguments): an expression for the items of a batch wrapper, jsonb[], from its
-- arguments, an array each. The elements are taken as jsonb: unnest would divide composite values into columns.
create or replace function pglambda_private.batch_items_sql(arguments jsonb)
    returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select format(
               '(select array_agg(%s order by a.place) from rows from (%s) with ordinality a (%s, place)%s)',
               case when arguments #>> '{0,name}' is null then 'nullif(a.a1, ''null'')' else 'to_jsonb(i.*)' end,
               string_agg(format('jsonb_array_elements(to_jsonb($%s))', a.place), ', ' order by a.place),
               string_agg(format('a%s', a.place), ', ' order by a.place),
               case when arguments #>> '{0,name}' is not null then format(
                   ' cross join lateral (select %s) i',
                   string_agg(format('a.a%s as %I', a.place, a.entry ->> 'member'), ', ' order by a.place)) end)
      from jsonb_array_elements(arguments) with ordinality a (entry, place)
$$;
comment on function pglambda_private.batch_items_sql(jsonb) is 'An expression for the items of a batch wrapper.';

-- pglambda_private.batch_wrapper_sql(wrapper): the statement that makes the batch form: an array for each argument, and
-- a row for each item with its place, its result and its error. A result of another type is the error of its item.
-- Callers: pglambda.define.
create or replace function pglambda_private.batch_wrapper_sql(wrapper jsonb)
    returns text
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    result constant record := pglambda_private.wrapper_result(wrapper);
    empty constant text := coalesce(result.empty || ', ', '');
    arguments text;
    lengths text;
    columns text;
    convert text;
begin
    select string_agg(concat_ws(' ', quote_ident(a.entry ->> 'name'), (a.entry ->> 'type') || '[]'), ', '
                      order by a.place),
           string_agg(format('coalesce(array_length($%s, 1), 0)', a.place), ', ' order by a.place)
      into arguments, lengths
      from jsonb_array_elements(wrapper -> 'arguments') with ordinality a (entry, place);
    columns := (select string_agg(format('%I %s, ', coalesce(c.entry ->> 'name', 'result'), c.entry ->> 'type'), ''
                                  order by c.place)
                  from jsonb_array_elements(wrapper -> 'columns') with ordinality c (entry, place));
    convert := case
        when columns is null then 'return query select answer.ordinality, null::jsonb;'
        when (wrapper -> 'set')::boolean then
            -- Tried first: rows that were returned stay when a later row turns out to be wrong.
            format('perform %s from pglambda_private.entries(answer.result) e (entry), %s; ',
                   result.chosen, result.source)
            || format('return query select answer.ordinality, %s, null::jsonb '
                      'from pglambda_private.entries(answer.result) e (entry), %s;', result.chosen, result.source)
        else format('return query select answer.ordinality, %s, null::jsonb from %s;', result.chosen, result.source)
    end;
    return pglambda_private.wrapper_head(
        wrapper ->> 'schema', (wrapper ->> 'name') || '_batch', arguments,
        format('table (ordinality bigint, %serror jsonb)', columns),
        format(E'declare\n    lengths constant integer[] := array[%1$s];\n    answer record;\n    entry jsonb;\nbegin\n'
               '    if lengths[1] <> any (lengths) then\n'
               '        raise array_subscript_error using message = %2$L, detail = array_to_string(lengths, '', '');\n'
               '    end if;\n    for answer in select b.* from pglambda.invoke_batch(%3$L, %4$s, %5$L) b loop\n'
               '        entry := answer.result;\n        begin\n            if entry is null then\n'
               '                return query select answer.ordinality, %6$sanswer.error;\n            else\n'
               '                %7$s\n            end if;\n        exception\n            when data_exception or '
               'integrity_constraint_violation or syntax_error_or_access_rule_violation then\n'
               '                return query select answer.ordinality, %6$spglambda_private.error(''38000'', %8$L, '
               'left(entry::text, 200) || '': '' || sqlerrm, null) -> ''error'';\n        end;\n    end loop;\nend',
               lengths, format('the arrays of %I_batch have different lengths', wrapper ->> 'name'),
               wrapper ->> 'function', pglambda_private.batch_items_sql(wrapper -> 'arguments'),
               nullif(wrapper -> 'options', 'null'), empty, convert, result.wrong));
end
$$;
comment on function pglambda_private.batch_wrapper_sql(jsonb) is
    'The statement that makes the batch form of a typed wrapper.';
