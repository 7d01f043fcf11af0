-- pglambda.processed_items: the items that the function process has stored, each one once. When two sessions bring the
-- same id at the same moment, "on conflict on constraint processed_items_pkey do nothing" makes one of them wait; it
-- then compares its item with the row of the other. Nobody has the right to change or delete a row.
create table pglambda.processed_items (
    id bigint constraint processed_items_pkey primary key
        constraint processed_items_id_range check (id >= 1),
    value text not null
        constraint processed_items_value_given check (value <> ''),
    attributes jsonb not null
        constraint processed_items_attributes_form check (jsonb_typeof(attributes) = 'object'),
    processed_at timestamptz not null,
    call_id text not null
);
comment on table pglambda.processed_items is 'The items that the function process has stored, each one once.';
comment on column pglambda.processed_items.id is 'The id of the item, which the sender chooses.';
comment on column pglambda.processed_items.value is 'The value of the item.';
comment on column pglambda.processed_items.attributes is 'All other members of the item; {} when it has none.';
comment on column pglambda.processed_items.processed_at is 'When it was first processed: the timestamp of its receipt.';
comment on column pglambda.processed_items.call_id is
    'The id of the call that stored it, or the id of the item where a batch gave it one.';
comment on constraint processed_items_pkey on pglambda.processed_items is 'An id is stored once.';
comment on constraint processed_items_id_range on pglambda.processed_items is 'The id is 1 or more.';
comment on constraint processed_items_value_given on pglambda.processed_items is 'The value is not empty.';
comment on constraint processed_items_attributes_form on pglambda.processed_items is
    'The attributes are a JSON object.';
