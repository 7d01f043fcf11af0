-- pglambda.outbox_status: the state of the durable calls, one row for each function that has any. Reads the whole
-- outbox.
-- Callers: pglambda_operator, pglambda_deliverer.
create or replace view pglambda.outbox_status as
select o.function,
       count(*) filter (where o.state = 'waiting') as waiting,
       count(*) filter (where o.state = 'running') as running,
       count(*) filter (where o.state = 'done') as done,
       count(*) filter (where o.state = 'dead') as dead,
       -- An item that was enqueued with a delay is not late before it is due for the first time.
       max(now() - case when o.attempts = 0 then o.due_at else o.created_at end)
           filter (where o.state = 'running'
                      or (o.state = 'waiting' and (o.attempts > 0 or o.due_at <= now()))) as oldest,
       min(o.due_at) filter (where o.state = 'waiting') as next_due,
       max(o.finished_at) filter (where o.state = 'done') as last_done,
       percentile_cont(0.5) within group (order by o.finished_at - o.created_at)
           filter (where o.state = 'done' and o.finished_at > now() - interval '1 hour') as median_time,
       max(o.finished_at - o.created_at)
           filter (where o.state = 'done' and o.finished_at > now() - interval '1 hour') as longest_time
  from pglambda.outbox o
 group by o.function;
comment on view pglambda.outbox_status is 'The state of the durable calls, by function.';
comment on column pglambda.outbox_status.function is 'The registered function.';
comment on column pglambda.outbox_status.waiting is 'How many items wait, for the first or another attempt.';
comment on column pglambda.outbox_status.running is 'How many items deliverers have claimed.';
comment on column pglambda.outbox_status.done is 'How many items are done and not yet purged.';
comment on column pglambda.outbox_status.dead is 'How many items were given up: see their error, then pglambda.retry.';
comment on column pglambda.outbox_status.oldest is 'For how long the oldest undelivered item has been due.';
comment on column pglambda.outbox_status.next_due is 'When the next waiting item is due.';
comment on column pglambda.outbox_status.last_done is 'When the last item was done.';
comment on column pglambda.outbox_status.median_time is 'Time from enqueued to done: the median of the last hour.';
comment on column pglambda.outbox_status.longest_time is 'Time from enqueued to done: the longest of the last hour.';
