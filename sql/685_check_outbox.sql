-- pglambda_private.check_outbox(): whether durable calls are stuck: due for five minutes, claimed by a deliverer that is gone,
-- given up, or for a function that is disabled or not registered. With delivery every few seconds, there is none.
-- Callers: private; pglambda.check.
create or replace function pglambda_private.check_outbox()
    returns table (item text, ok boolean, detail text, hint text)
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    with late (items, oldest, lost) as (
        select count(*) filter (where o.state = 'waiting'),
               min(o.due_at) filter (where o.state = 'waiting'),
               count(*) filter (where o.state = 'running')
          from pglambda.outbox o
          left join pglambda.functions f on f.name = o.function
         where o.state = 'waiting' and o.due_at < now() - interval '5 minutes' and f.enabled
            or o.state = 'running' and o.lease_until < now() - interval '1 minute'
    ), uncallable (function, items, mend) as (
        select o.function, count(*),
               case when f.name is null then format('select pglambda.register(%1$L, %1$L);', o.function)
                    else pglambda_private.registration((f.name, f.arn, f.region, f.qualifier, f.timeout_ms, f.max_batch_items,
                                              true, f.max_concurrency, f.max_attempts)::pglambda.functions) end
          from pglambda.outbox o
          left join pglambda.functions f on f.name = o.function
         where o.state = 'waiting' and f.enabled is not true
         group by o.function, f.name
    ), dead (items) as (
        select count(*) from pglambda.outbox o where o.state = 'dead'
    )
    select 'delivery', l.items + l.lost = 0,
           case when l.items + l.lost = 0 then 'nothing is late'
                else format('%s calls are late, the first since %s, and %s are of deliverers that are gone',
                            l.items, coalesce(l.oldest::text, 'never'), l.lost) end,
           case when l.items + l.lost > 0 then pglambda_private.mend_delivery() end
      from late l
    union all
    select 'functions of durable calls', count(*) = 0,
           coalesce(string_agg(format('%s calls wait for %s, which is disabled or not registered', u.items, u.function),
                               ', ' order by u.function), 'none waits for a function that cannot be called'),
           string_agg(u.mend, ' ' order by u.function)
      from uncallable u
    union all
    select 'dead durable calls', d.items = 0,
           case when d.items = 0 then 'none' else d.items || ' were given up: look at their errors first' end,
           case when d.items > 0 then
               'select pglambda.retry(o.id) from pglambda.outbox o where o.state = ''dead'';  -- or pglambda.purge' end
      from dead d
$$;
comment on function pglambda_private.check_outbox() is 'Private: whether durable calls are stuck.';
