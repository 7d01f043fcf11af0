-- pglambda_private.wrapper_result(wrapper): the parts of a query that turns the variable entry, JSON, into the wrapper's result:
-- source, the record to select from, and chosen and empty, the list to select from it and the same of nulls.
-- PostgreSQL's own jsonb_to_record converts: a number reaches numeric digit by digit, and null is NULL.
-- Callers: private; pglambda_private.wrapper_sql and pglambda_private.batch_wrapper_sql.
create or replace function pglambda_private.wrapper_result(wrapper jsonb, out source text, out chosen text, out empty text)
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select format(
               'jsonb_to_record(%s) as r (%s)',
               case when wrapper #>> '{columns,0,name}' is null then 'jsonb_build_object(''value'', entry)'
                    else 'coalesce(nullif(entry, ''null''), ''{}'')' end,
               string_agg(format('%I %s', c.entry ->> 'member', c.entry ->> 'type'), ', ' order by c.place)),
           string_agg(format('r.%I', c.entry ->> 'member'), ', ' order by c.place),
           string_agg(format('null::%s', c.entry ->> 'type'), ', ' order by c.place)
      from jsonb_array_elements(wrapper -> 'columns') with ordinality c (entry, place)
$$;
comment on function pglambda_private.wrapper_result(jsonb) is
    'Private: the parts of a query that turns JSON into a wrapper''s result.';
