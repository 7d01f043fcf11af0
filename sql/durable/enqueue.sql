-- pglambda.enqueue(name, data, options, delay, key): a durable call. When this transaction commits, the function gets
-- the item at least once; when it rolls back, never. Returns the item's id in pglambda.outbox. NULL data gives NULL and
-- enqueues nothing.
-- delay: the item is not sent before that time has passed.
-- key: the same function and key again give the first id and no second item.
-- Raises P0002 not registered, 23505 key used with other data or options, 54000 too large, 22023 wrong delay or key.
-- Callers: pglambda_operator, the wrappers, pglambda.enqueue_row.
create or replace function pglambda.enqueue(
    name text, data jsonb, options jsonb default null, delay interval default null, key text default null
)
    returns bigint
    language plpgsql
    security definer            -- nobody else may write the outbox
    set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column    -- "on conflict (function, key)" cannot say which
declare
    refused jsonb;
    item bigint;
    same boolean;
begin
    if data is null then
        return null;
    elsif not exists (select from pglambda.functions f where f.name = enqueue.name) then
        refused := pglambda_private.refusal(name, null) -> 'error';
        raise no_data_found using
            message = refused ->> 'message', detail = 'Nothing was enqueued.', hint = refused ->> 'hint';
    elsif delay not between interval '0' and interval '10 years' or octet_length(key) not between 1 and 1000 then
        raise invalid_parameter_value using
            message = format('the item for function %L cannot be enqueued', name),
            detail = format('The delay is %s and the key has %s bytes.',
                            coalesce(delay::text, 'none'), coalesce(octet_length(key), 0)),
            hint = 'A delay is from 0 to 10 years, and a key has from 1 to 1000 bytes.';
    -- 1000 bytes for the other members of a request.
    elsif octet_length(data::text) + coalesce(octet_length(options::text), 0) > pglambda_private.max_bytes() - 1000 then
        raise program_limit_exceeded using
            message = format('the item for function %L is too large: Lambda takes %s bytes',
                             name, pglambda_private.max_bytes()),
            hint = 'Send less, or send where the data is stored, such as an S3 key.';
    end if;
    loop
        insert into pglambda.outbox (function, item, options, key, due_at)
        values (name, data, enqueue.options, enqueue.key, clock_timestamp() + coalesce(delay, interval '0'))
            on conflict (function, key) where key is not null do nothing
        returning id into item;
        exit when found;
        select o.id, o.item = data and o.options is not distinct from enqueue.options into item, same
          from pglambda.outbox o where o.function = name and o.key = enqueue.key;
        exit when same;
        if found then           -- otherwise it was purged between the two statements: try again
            raise unique_violation using
                message = format('key %L of function %L was enqueued with other data', enqueue.key, name),
                detail = format('Item %s has the key.', item), hint = 'Send the same data as before, or another key.';
        end if;
    end loop;
    return item;
end
$$;
comment on function pglambda.enqueue(text, jsonb, jsonb, interval, text) is
    'Calls a function after this transaction has committed, at least once. Returns the item''s id in pglambda.outbox.';
