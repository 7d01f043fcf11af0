-- pglambda_private.row_query(relation): a query that makes JSON of $1, a row of that table, or null when to_jsonb may do it.
-- to_jsonb runs a type's own cast to json, which the type's owner has written: not with the rights of pglambda_owner.
-- So columns of types that are not PostgreSQL's own become their text, by format, which runs no cast.
-- Callers: private; pglambda.enqueue_row.
create or replace function pglambda_private.row_query(relation oid)
    returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select 'select jsonb_object_agg(c.name, c.value) from (values '
           || string_agg(
                  case
                      when c.own then format('(%L, to_jsonb(($1).%I))', c.attname, c.attname)
                      else format($f$(%L, case when ($1).%2$I is distinct from null
                                               then to_jsonb(format('%%s', ($1).%2$I)) end)$f$, c.attname, c.attname)
                  end, ', ' order by c.attnum)
           || ') c (name, value)'
      from (
          select a.attname, a.attnum,
                 -- Ids below 16384 are given by initdb only. A domain is what it is based on.
                 a.atttypid < 16384 or (t.typtype = 'd' and t.typbasetype < 16384) as own,
                 bool_and(a.atttypid < 16384) over () as all_own
            from pg_attribute a
            join pg_type t on t.oid = a.atttypid
           where a.attrelid = relation and a.attnum > 0 and not a.attisdropped) c
     where not c.all_own
$$;
comment on function pglambda_private.row_query(oid) is 'Private: a query that makes JSON of a row without running casts.';
