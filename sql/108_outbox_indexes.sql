-- The indexes of pglambda.outbox. All are partial: what is done is in none that claims use, so a million of done items
-- makes no claim slower. The predicates are repeated, word for word, by the queries that need them.
create index if not exists outbox_waiting on pglambda.outbox (function, due_at, id) where state = 'waiting';
create index if not exists outbox_running on pglambda.outbox (lease_until) where state = 'running';
create index if not exists outbox_finished on pglambda.outbox (state, finished_at) where finished_at is not null;
create unique index if not exists outbox_key on pglambda.outbox (function, key) where key is not null;
comment on index pglambda.outbox_waiting is 'Finds what a function is due: for claims.';
comment on index pglambda.outbox_running is 'Finds claims whose lease is over.';
comment on index pglambda.outbox_finished is 'Finds what is old enough to be purged.';
comment on index pglambda.outbox_key is 'A key names one durable call of a function.';
