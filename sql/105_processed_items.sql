-- pglambda.processed_items: the items that the function process has stored, each exactly once.
-- Two sessions that bring the same id at the same moment: insert … on conflict on constraint processed_items_pkey do
-- nothing makes one of them wait, and it then finds the other's row to compare its own with.
-- Callers: pglambda_process selects and inserts. Nobody is given the right to change a row or to take one out.
create table if not exists pglambda.processed_items (
    id bigint constraint processed_items_pkey primary key
        constraint processed_items_id_range check (id >= 1),
    value text not null
        constraint processed_items_value_given check (value <> ''),
    attributes jsonb not null
        constraint processed_items_attributes_form check (jsonb_typeof(attributes) = 'object'),
    processed_at timestamptz not null,
    call_id text not null
);
comment on table pglambda.processed_items is 'What the function process has stored, each item exactly once.';
comment on column pglambda.processed_items.id is 'The item''s id, which the sender chooses.';
comment on column pglambda.processed_items.value is 'The item''s value.';
comment on column pglambda.processed_items.attributes is 'All other members of the item; {} when it has none.';
comment on column pglambda.processed_items.processed_at is 'When it was first processed: the timestamp of its receipt.';
comment on column pglambda.processed_items.call_id is
    'The id of the call that stored it; the item''s own, where a batch gave it one.';
comment on constraint processed_items_pkey on pglambda.processed_items is 'An id is stored once.';
comment on constraint processed_items_id_range on pglambda.processed_items is 'The id is 1 or more.';
comment on constraint processed_items_value_given on pglambda.processed_items is 'The value is not empty.';
comment on constraint processed_items_attributes_form on pglambda.processed_items is 'The attributes are a JSON object.';
