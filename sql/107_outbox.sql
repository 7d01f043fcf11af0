-- pglambda.outbox: the durable calls: one row is one item for one function, from pglambda.enqueue until it is purged.
-- State: waiting -> running (claimed, until lease_until) -> done or dead, or back to waiting for another attempt.
-- A row changes hands only by a claim: an outcome is recorded by who still has the lease that it was called under.
-- Longer than other files, because each column and rule has its comment.
-- Callers: pglambda_operator reads it; the functions from 400 on write it.
create table if not exists pglambda.outbox (
    id bigint generated always as identity constraint outbox_pkey primary key,
    call_id uuid not null default gen_random_uuid(),
    function text not null,     -- no foreign key: what has been promised waits for a function that was unregistered
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
    -- Every item leaves two dead rows: with the defaults, a table of many done items would wait for a fifth of them.
    autovacuum_vacuum_threshold = 1000, autovacuum_vacuum_scale_factor = 0.005,
    autovacuum_analyze_threshold = 1000, autovacuum_analyze_scale_factor = 0.02,
    autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_cost_delay = 0,
    vacuum_truncate = false     -- the end of the table is where the next items go; giving it back needs a strong lock
);
comment on table pglambda.outbox is 'The durable calls: items that committed transactions have enqueued.';
comment on sequence pglambda.outbox_id_seq is 'Numbers the durable calls.';
comment on column pglambda.outbox.id is 'What pglambda.enqueue returned.';
comment on column pglambda.outbox.call_id is 'The id that the function is told, the same on every attempt.';
comment on column pglambda.outbox.function is 'The registered function that is to get the item.';
comment on column pglambda.outbox.item is 'What it gets.';
comment on column pglambda.outbox.options is 'The options that it gets with the item; null for none.';
comment on column pglambda.outbox.key is 'Unique for a function, where the sender gave one.';
comment on column pglambda.outbox.state is 'waiting, running (claimed by a deliverer), done or dead.';
comment on column pglambda.outbox.attempts is 'How often a deliverer has claimed it; back to 0 by pglambda.retry.';
comment on column pglambda.outbox.due_at is 'When a waiting item may be claimed.';
comment on column pglambda.outbox.lease_until is 'When a running item waits again, should its deliverer be gone.';
comment on column pglambda.outbox.created_at is 'When it was enqueued.';
comment on column pglambda.outbox.finished_at is 'When it was done or dead.';
comment on column pglambda.outbox.result is 'What the function returned.';
comment on column pglambda.outbox.error is 'The error of the last attempt: sqlstate, message, detail, hint.';
comment on constraint outbox_pkey on pglambda.outbox is 'An id is one durable call.';
comment on constraint outbox_key_length on pglambda.outbox is 'The key has from 1 to 1000 bytes.';
comment on constraint outbox_state_known on pglambda.outbox is 'The state is waiting, running, done or dead.';
comment on constraint outbox_attempts_counted on pglambda.outbox is 'attempts is 0 or more.';
comment on constraint outbox_lease_of_running on pglambda.outbox is 'A running item, and no other, has a lease.';
comment on constraint outbox_finished_known on pglambda.outbox is 'A done or dead item, and no other, has a finish.';
