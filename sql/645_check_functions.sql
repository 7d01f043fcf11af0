-- pglambda_private.check_functions(): what pglambda_private.check_function says of each registered function, by their names.
-- Callers: private; pglambda.check.
create or replace function pglambda_private.check_functions()
    returns table (item text, ok boolean, detail text, hint text)
    language sql
    set search_path = pg_catalog, pg_temp
as $$
    select c.item, c.ok, c.detail, c.hint
      from (select f from pglambda.functions f order by f.name) registered
     cross join pglambda_private.check_function(registered.f) with ordinality c (item, ok, detail, hint, place)
     order by (registered.f).name, c.place
$$;
comment on function pglambda_private.check_functions() is 'Private: whether the registered functions can be called.';
