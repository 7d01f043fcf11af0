-- Checks of the durable calls.

-- pglambda_private.delivery_hint(): what delivers late durable calls: a schedule where pg_cron is in this database,
-- otherwise one delivery. Only the owner of a job can see whether there is one.
create or replace function pglambda_private.delivery_hint()
    returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select case
        when exists (select from pg_extension e where e.extname = 'pg_cron') then
            'select cron.schedule(''pglambda.deliver'', ''10 seconds'', ''call pglambda.deliver()'');'
        else 'call pglambda.deliver();'
    end
$$;
comment on function pglambda_private.delivery_hint() is 'What delivers late durable calls.';

-- pglambda_private.check_outbox(): whether durable calls are stuck: due for five minutes, claimed by a deliverer that
-- is gone, dead, or for a function that is disabled or not registered. Delivery every few seconds leaves none of them.
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
    ), uncallable (function, items, hint) as (
        select o.function, count(*),
               case when f.name is null then format('select pglambda.register(%L, ''<its name or ARN>'');', o.function)
                    else format('select pglambda.enable(%L);', o.function) end
          from pglambda.outbox o
          left join pglambda.functions f on f.name = o.function
         where o.state = 'waiting' and f.enabled is not true
         group by o.function, f.name
    ), dead (items) as (
        select count(*) from pglambda.outbox o where o.state = 'dead'
    )
    select 'delivery', l.items + l.lost = 0,
           case when l.items + l.lost = 0 then 'nothing is late'
                else format('%s calls are late, the first since %s, and the deliverers of %s calls are gone',
                            l.items, coalesce(l.oldest::text, 'never'), l.lost) end,
           case when l.items + l.lost > 0 then pglambda_private.delivery_hint() end
      from late l
    union all
    select 'functions of durable calls', count(*) = 0,
           coalesce(string_agg(format('%s calls wait for %s, which is disabled or not registered', u.items, u.function),
                               ', ' order by u.function), 'none waits for a function that cannot be called'),
           string_agg(u.hint, ' ' order by u.function)
      from uncallable u
    union all
    select 'dead durable calls', d.items = 0,
           case when d.items = 0 then 'none' else d.items || ' were given up: look at their errors first' end,
           case when d.items > 0 then
               'select pglambda.retry(o.id) from pglambda.outbox o where o.state = ''dead'';  -- or pglambda.purge' end
      from dead d
$$;
comment on function pglambda_private.check_outbox() is 'Whether durable calls are stuck.';
