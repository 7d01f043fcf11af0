-- What belongs to the function process: its role, its table and its wrappers. Installed where the function is.
do $$
begin
    perform set_config('search_path', format('%I, pg_temp', current_setting('pglambda.install_schema')), true);
    perform pglambda_private.declare_wrapper('process', 'process_data', 1, 1),
            pglambda_private.declare_wrapper('process', 'process_data_batch', 1, 1),
            pglambda_private.declare_wrapper('process', 'process_data_async', 1, 1);
end
$$;

-- pglambda_process: the role for the user of the function. As in schema/roles.sql, the installer creates it.
do $$
begin
    perform set_config('role', current_setting('pglambda.installer'), true);
    begin
        if to_regrole('pglambda_process') is null then
            create role pglambda_process nologin;
            comment on role pglambda_process is
                'pglambda: may store processed items. For the user of the function process.';
        end if;
    exception
        when duplicate_object or unique_violation then
            null;               -- at the same time, an installer in another database of this server has created it
    end;
    if shobj_description(to_regrole('pglambda_process'), 'pg_authid') ~ '^pglambda: ' is not true then
        raise duplicate_object using
            message = 'role pglambda_process exists and is not marked as a role of the bundle',
            detail = 'A role of the bundle has a comment that begins with "pglambda: ".',
            hint = 'Rename the role, or register the function process under another name.';
    end if;
    perform set_config('role', 'pglambda_owner', true);
end
$$;

-- pglambda.processed_items: the items that the function process has stored, each one once. When two sessions bring the
-- same id at the same moment, "on conflict on constraint processed_items_pkey do nothing" makes one of them wait; it
-- then compares its item with the row of the other. Nobody has the right to change or delete a row.
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
grant usage on schema pglambda to pglambda_process;
grant select, insert on pglambda.processed_items to pglambda_process;

-- process_data(data): stores an item once and returns its receipt. NULL gives NULL without a call.
-- Raises what pglambda.invoke raises.
-- Callers of the wrappers: pglambda_invoker.
create or replace function process_data(data jsonb)
    returns jsonb
    language plpgsql
    volatile cost 10000         -- the planner evaluates it after every ordinary condition
    security definer            -- callers need no right on schema pglambda
    set search_path = pg_catalog, pg_temp
as $$
begin
    return pglambda.invoke('process', data);
end
$$;
comment on function process_data(jsonb) is 'Stores an item once, by the function process.';

-- process_data_batch(items): stores items and returns their receipts: one row for each item, in the order of the items.
-- A NULL item gives a row of NULLs. Raises what pglambda.invoke_batch raises.
create or replace function process_data_batch(items jsonb[])
    returns table (ordinality bigint, result jsonb, error jsonb)
    language plpgsql
    volatile cost 10000 rows 1000
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return query select b.* from pglambda.invoke_batch('process', items) b;
end
$$;
comment on function process_data_batch(jsonb[]) is 'Stores items, each one once, by the function process.';

-- process_data_async(data): stores an item once, after this transaction has committed. Returns its id in the outbox.
-- NULL gives NULL. Raises what pglambda.enqueue raises.
create or replace function process_data_async(data jsonb)
    returns bigint
    language plpgsql
    volatile
    security definer
    set search_path = pg_catalog, pg_temp
as $$
begin
    return pglambda.enqueue('process', data);
end
$$;
comment on function process_data_async(jsonb) is 'Stores an item once, after the commit, by the function process.';
