-- pglambda.outbox: the durable calls. One row is one item for one function, from pglambda.enqueue until it is purged.
-- States: waiting -> running (claimed by a deliverer, until lease_until) -> done, dead, or waiting for another attempt.
-- An outcome is recorded only while the lease still holds under which the function was called.
-- Callers: pglambda_operator reads it; the functions of durable/ write it.
create table pglambda.outbox (
    id bigint generated always as identity constraint outbox_pkey primary key,
    call_id uuid not null default gen_random_uuid(),
    function text not null,     -- no foreign key: the items of an unregistered function wait until it is back
    item jsonb not null,
    options jsonb,
    key text
        constraint outbox_key_length check (octet_length(key) between 1 and 1000),
    state text not null default 'waiting'
        constraint outbox_state_known check (state in ('waiting', 'running', 'done', 'dead')),
    attempts integer not null default 0
        constraint outbox_attempts_counted check (attempts >= 0),
    due_at timestamptz not null,
    lease_until timestamptz,
    created_at timestamptz not null default clock_timestamp(),
    finished_at timestamptz,
    result jsonb,
    error jsonb,
    constraint outbox_lease_of_running check ((state = 'running') = (lease_until is not null)),
    constraint outbox_finished_known check ((state in ('done', 'dead')) = (finished_at is not null))
) with (
    -- Each item leaves two dead rows. The defaults would vacuum after a fifth of the table has changed: too late.
    autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0.005,
    autovacuum_analyze_threshold = 1000, autovacuum_analyze_scale_factor = 0.02,
    autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0,
    vacuum_truncate = false     -- the next items take the space at the end; giving it back needs a strong lock
);
comment on table pglambda.outbox is 'The durable calls: items that committed transactions have enqueued.';
comment on sequence pglambda.outbox_id_seq is 'Numbers the durable calls.';
comment on column pglambda.outbox.id is 'The number that pglambda.enqueue returned.';
comment on column pglambda.outbox.call_id is 'The id that the function gets, the same on every attempt.';
comment on column pglambda.outbox.function is 'The registered function that the item is for.';
comment on column pglambda.outbox.item is 'The item.';
comment on column pglambda.outbox.options is 'The options that go with the item; null for none.';
comment on column pglambda.outbox.key is 'Unique for a function, where the sender gave one.';
comment on column pglambda.outbox.state is 'waiting, running (claimed by a deliverer), done or dead.';
comment on column pglambda.outbox.attempts is 'How often a deliverer has claimed it; back to 0 by pglambda.retry.';
comment on column pglambda.outbox.due_at is 'When a waiting item may be claimed.';
comment on column pglambda.outbox.lease_until is 'When a running item waits again if its deliverer is gone.';
comment on column pglambda.outbox.created_at is 'When it was enqueued.';
comment on column pglambda.outbox.finished_at is 'When it was done or dead.';
comment on column pglambda.outbox.result is 'The result of the function.';
comment on column pglambda.outbox.error is 'The error of the last attempt: sqlstate, message, detail, hint.';
comment on constraint outbox_pkey on pglambda.outbox is 'An id is one durable call.';
comment on constraint outbox_key_length on pglambda.outbox is 'The key has from 1 to 1000 bytes.';
comment on constraint outbox_state_known on pglambda.outbox is 'The state is waiting, running, done or dead.';
comment on constraint outbox_attempts_counted on pglambda.outbox is 'attempts is 0 or more.';
comment on constraint outbox_lease_of_running on pglambda.outbox is 'Running items have a lease, and no others.';
comment on constraint outbox_finished_known on pglambda.outbox is 'Done and dead items have a finish, and no others.';

-- All indexes are partial, and claims use none that holds done items: a million of them makes no claim slower. The
-- queries repeat the predicates word for word.
create index outbox_waiting on pglambda.outbox (function, due_at, id) where state = 'waiting';
create index outbox_running on pglambda.outbox (lease_until) where state = 'running';
create index outbox_finished on pglambda.outbox (state, finished_at) where finished_at is not null;
create unique index outbox_key on pglambda.outbox (function, key) where key is not null;
comment on index pglambda.outbox_waiting is 'Finds the items of a function that are due.';
comment on index pglambda.outbox_running is 'Finds claims whose lease is over.';
comment on index pglambda.outbox_finished is 'Finds items that are old enough to be purged.';
comment on index pglambda.outbox_key is 'A key names one durable call of a function.';

-- pglambda.outbox_status: the state of the durable calls, one row for each function that has any. Reads the whole
-- outbox.
-- Callers: pglambda_operator, pglambda_deliverer.
create view pglambda.outbox_status as
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
