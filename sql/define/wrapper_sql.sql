-- The statement that makes a typed wrapper. wrapper is the object of pglambda_private.signature, with function, options
-- and the members of pglambda_private.wrapper_fields.

-- pglambda_private.entries(result): the rows of a result: the entries of an array, no row for null, and for anything
-- else the result itself as the only row.
-- Callers: the functions that pglambda.define makes.
create or replace function pglambda_private.entries(result jsonb)
    returns setof jsonb
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select e.entry
      from jsonb_array_elements(
               case jsonb_typeof(result)
                   when 'array' then result
                   when 'null' then '[]'
                   else jsonb_build_array(result)
               end) e (entry)
     where result is not null
$$;
comment on function pglambda_private.entries(jsonb) is 'The rows of a result.';

-- pglambda_private.wrapper_head(schema, name, arguments, returns, body): the statement that makes a wrapper. Its
-- settings beside search_path are those that change how values are written, so that a request does not depend on the
-- session.
create or replace function pglambda_private.wrapper_head(
    schema name, name text, arguments text, returns text, body text
)
    returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select format(
        'create or replace function %I.%I(%s) returns %s language plpgsql volatile cost 10000 security definer '
        'set search_path = pg_catalog, pg_temp set bytea_output = hex set datestyle = iso, ymd '
        'set extra_float_digits = 1 set intervalstyle = iso_8601 as %L',
        schema, name, arguments, returns, E'\n#variable_conflict use_column\n' || body)
$$;
comment on function pglambda_private.wrapper_head(name, text, text, text, text) is
    'The statement that makes a wrapper.';

-- pglambda_private.wrapper_result(wrapper): the parts of a query that turns the variable entry, JSON, into the
-- wrapper's result: source, the record to select from; chosen, the list to select; empty, the same list of nulls; and
-- wrong, the message of 38000 for a result of another type. PostgreSQL's jsonb_to_record converts: numeric keeps every
-- digit, and JSON null becomes NULL.
create or replace function pglambda_private.wrapper_result(
    wrapper jsonb, out source text, out chosen text, out empty text, out wrong text
)
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select format(
               'jsonb_to_record(%s) as r (%s)',
               case when wrapper #>> '{columns,0,name}' is null then 'jsonb_build_object(''value'', entry)'
                    else 'coalesce(nullif(entry, ''null''), ''{}'')' end,
               string_agg(format('%I %s', c.entry ->> 'member', c.entry ->> 'type'), ', ' order by c.place)),
           string_agg(format('r.%I', c.entry ->> 'member'), ', ' order by c.place),
           string_agg(format('null::%s', c.entry ->> 'type'), ', ' order by c.place),
           format('function %L did not return what %I.%I returns: %s', wrapper ->> 'function', wrapper ->> 'schema',
                  wrapper ->> 'name', wrapper ->> 'returns')
      from jsonb_array_elements(wrapper -> 'columns') with ordinality c (entry, place)
$$;
comment on function pglambda_private.wrapper_result(jsonb) is
    'The parts of a query that turns JSON into a wrapper''s result.';

-- pglambda_private.item_sql(arguments): an expression for the item of a wrapper, jsonb, from its arguments.
create or replace function pglambda_private.item_sql(arguments jsonb)
    returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select case
               when count(*) = 0 then '''{}'''
               when arguments #>> '{0,name}' is null then 'to_jsonb($1)'
               else format('(select to_jsonb(i.*) from (select %s) i)',
                           string_agg(format('$%s as %I', a.place, a.entry ->> 'member'), ', ' order by a.place))
           end
      from jsonb_array_elements(arguments) with ordinality a (entry, place)
$$;
comment on function pglambda_private.item_sql(jsonb) is 'An expression for the item of a wrapper.';

-- pglambda_private.arguments_sql(arguments): the arguments of a wrapper, as in create function.
create or replace function pglambda_private.arguments_sql(arguments jsonb)
    returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select coalesce(string_agg(concat_ws(' ', quote_ident(a.entry ->> 'name'), a.entry ->> 'type',
                                         'default ' || (a.entry ->> 'default')), ', ' order by a.place), '')
      from jsonb_array_elements(arguments) with ordinality a (entry, place)
$$;
comment on function pglambda_private.arguments_sql(jsonb) is 'The arguments of a wrapper, as in create function.';

-- pglambda_private.wrapper_sql(wrapper): the statement that makes a typed wrapper.
-- Callers: pglambda.define.
create or replace function pglambda_private.wrapper_sql(wrapper jsonb)
    returns text
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    item constant text := format('pglambda.invoke(%L, %s, %L)', wrapper ->> 'function',
                                 pglambda_private.item_sql(wrapper -> 'arguments'),
                                 nullif(wrapper -> 'options', 'null'));
    body text;
    result record := pglambda_private.wrapper_result(wrapper);
begin
    body := case
        when wrapper ->> 'returns' = 'void' then 'begin perform %1$s; end'
        else E'declare\n    result constant jsonb := %1$s;\n    entry jsonb := result;\nbegin\n%2$s\nexception\n'
             '    when data_exception or integrity_constraint_violation or syntax_error_or_access_rule_violation then\n'
             '        raise external_routine_exception using message = %3$L, detail = left(entry::text, 200) '
             '|| '': '' || sqlerrm, hint = %4$L;\nend'
    end;
    return pglambda_private.wrapper_head(
        wrapper ->> 'schema', wrapper ->> 'name', pglambda_private.arguments_sql(wrapper -> 'arguments'),
        wrapper ->> 'returns',
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
            result.wrong, 'Compare pglambda.wrappers.signature with what the function returns.'));
end
$$;
comment on function pglambda_private.wrapper_sql(jsonb) is 'The statement that makes a typed wrapper.';
