-- lambda.check_functions(): what lambda.check_function says of each registered function, by their names.
-- Callers: private; lambda.check.
create or replace function lambda.check_functions()
    returns table (item text, ok boolean, detail text, hint text)
    language sql
    set search_path = pg_catalog, pg_temp
as $$
    select c.item, c.ok, c.detail, c.hint
      from (select f from lambda.functions f order by f.name) registered
     cross join lambda.check_function(registered.f) with ordinality c (item, ok, detail, hint, place)
     order by (registered.f).name, c.place
$$;
comment on function lambda.check_functions() is 'Private: whether the registered functions can be called.';
