-- pglambda_private.wrapper_target(wrapper, batch): a wrapper, or its batch form, with the types of its arguments, as
-- to_regprocedure takes it. wrapper is as for pglambda_private.wrapper_sql.
-- Callers: private; pglambda.define.
create or replace function pglambda_private.wrapper_target(wrapper jsonb, batch boolean)
    returns text
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select format('%I.%I(%s)', wrapper ->> 'schema',
                  (wrapper ->> 'name') || case when batch then '_batch' else '' end,
                  string_agg((a.entry ->> 'type') || case when batch then '[]' else '' end, ', ' order by a.place))
      from jsonb_array_elements(wrapper -> 'arguments') with ordinality a (entry, place)
$$;
comment on function pglambda_private.wrapper_target(jsonb, boolean) is
    'Private: a wrapper, or its batch form, with the types of its arguments.';
