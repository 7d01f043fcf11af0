-- pglambda_private.wrapper_sql(wrapper): the statement that makes a typed wrapper. wrapper is what pglambda_private.signature gives, with
-- function, options and the members of pglambda_private.wrapper_fields.
-- Callers: private; pglambda.define.
create or replace function pglambda_private.wrapper_sql(wrapper jsonb)
    returns text
    language plpgsql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
declare
    arguments text;
    item text;
    body text;
    result record := pglambda_private.wrapper_result(wrapper);
begin
    select string_agg(concat_ws(' ', quote_ident(a.entry ->> 'name'), a.entry ->> 'type',
                                'default ' || (a.entry ->> 'default')), ', ' order by a.place),
           string_agg(format('$%s as %I', a.place, a.entry ->> 'member'), ', ' order by a.place)
      into arguments, item
      from jsonb_array_elements(wrapper -> 'arguments') with ordinality a (entry, place);
    item := case
        when item is null then '''{}'''
        when wrapper #>> '{arguments,0,name}' is null then 'to_jsonb($1)'
        else format('(select to_jsonb(i.*) from (select %s) i)', item)
    end;
    item := format('pglambda.invoke(%L, %s, %L)', wrapper ->> 'function', item, nullif(wrapper -> 'options', 'null'));
    body := case
        when wrapper ->> 'returns' = 'void' then 'begin perform %1$s; end'
        else E'declare\n    result constant jsonb := %1$s;\n    entry jsonb := result;\nbegin\n%2$s\nexception\n'
             '    when data_exception or integrity_constraint_violation or syntax_error_or_access_rule_violation then\n'
             '        raise external_routine_exception using message = %3$L, detail = left(entry::text, 200) '
             '|| '': '' || sqlerrm, hint = %4$L;\nend'
    end;
    return pglambda_private.wrapper_head(
        wrapper ->> 'schema', wrapper ->> 'name', coalesce(arguments, ''), wrapper ->> 'returns',
        format(
            body, item,
            case
                when not (wrapper -> 'set')::boolean then
                    format('    return (select %s from %s);', result.chosen, result.source)
                when wrapper #>> '{columns,0,name}' is null then
                    format(E'    for entry in select e.* from pglambda_private.entries(result) e loop\n'
                           '        return next (select %s from %s);\n    end loop;', result.chosen, result.source)
                else
                    format(E'    for entry in select e.* from pglambda_private.entries(result) e loop\n'
                           '        return query select %s from %s;\n    end loop;', result.chosen, result.source)
            end,
            pglambda_private.wrong_result(wrapper), 'Compare pglambda.wrappers.signature with what the function returns.'));
end
$$;
comment on function pglambda_private.wrapper_sql(jsonb) is 'Private: the statement that makes a typed wrapper.';
