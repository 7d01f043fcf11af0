-- pglambda_private.check_rights(): whether pglambda_owner may use aws_lambda. Its rights go when the extension is dropped.
-- Callers: private; pglambda.check.
create or replace function pglambda_private.check_rights()
    returns table (item text, ok boolean, detail text, hint text)
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    with missing (what) as (
        select 'schema ' || wanted.name
          from unnest(array['aws_commons', 'aws_lambda']) wanted (name)
         where has_schema_privilege('pglambda_owner', to_regnamespace(wanted.name), 'usage') is not true
        union all
        select 'function ' || p.oid::regprocedure
          from pg_proc p
         where p.pronamespace in (to_regnamespace('aws_commons'), to_regnamespace('aws_lambda'))
           and not has_function_privilege('pglambda_owner', p.oid, 'execute')
    ), listed (what) as (
        select string_agg(m.what, ', ' order by m.what) from missing m
    )
    select 'rights of pglambda_owner',
           l.what is null,
           coalesce('it may not use ' || l.what, 'it may use aws_lambda'),
           case when l.what is not null then pglambda_private.mend_rights() end
      from listed l
$$;
comment on function pglambda_private.check_rights() is 'Private: whether pglambda_owner may use aws_lambda.';
