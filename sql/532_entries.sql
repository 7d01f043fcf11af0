-- pglambda_private.entries(result): what a result has to give as rows: the entries of an array, nothing for null, and else the
-- result itself as the one row.
-- Callers: private; what pglambda.define makes.
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
comment on function pglambda_private.entries(jsonb) is 'Private: what a result has to give as rows.';
