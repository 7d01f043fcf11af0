-- pglambda_private.batch_items_sql(arguments): an expression for the items of a batch wrapper, jsonb[], out of its arguments, an
-- array each. Their elements go by way of jsonb: unnest would take composite values to pieces.
-- Callers: private; pglambda_private.batch_wrapper_sql.
create or replace function pglambda_private.batch_items_sql(arguments jsonb)
    returns text
    language sql
    immutable
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
comment on function pglambda_private.batch_items_sql(jsonb) is 'Private: an expression for the items of a batch wrapper.';
