-- lambda.invoke_batch(name, items, options): calls a registered function with many items in few calls. A row for each
-- item, in the items' order, with its result or its error. A NULL item gives a row of NULLs and is not sent.
-- Raises what lambda.invoke raises, when a call fails as a whole and none has succeeded before: see lambda.call_batch.
-- The ids of a statement's calls begin alike: 0f8c…/1, 0f8c…/2, and 0f8c…/2/1 for the first half of the second.
-- Callers: lambda_operator, the wrappers. Longer than most, because RAISE must stand here: see lambda.invoke.
create or replace function lambda.invoke_batch(name text, items jsonb[], options jsonb default null)
    returns table (ordinality bigint, result jsonb, error jsonb)
    language plpgsql
    volatile cost 10000 rows 1000
    security definer            -- only lambda_owner may use aws_lambda
    set search_path = pg_catalog, pg_temp
as $$
declare
    call_id constant text := gen_random_uuid();
    target lambda.functions;
    sizes integer[];
    room integer;
    start integer := 1;
    last integer;
    chunk integer := 0;
    growth double precision;
    outcomes jsonb[];
    place integer;
    failure jsonb;
begin
    select array_agg(i.item), array_agg(octet_length(i.item::text) + length('{"result":},')) into items, sizes
      from unnest(items) i (item);      -- one dimension that begins at 1, and a size that a like result has too
    if array_remove(items, null) <> '{}' then
        select f.* into target from lambda.functions f where f.name = invoke_batch.name;
        room := lambda.batch_room(target, call_id, options);
        failure := lambda.refusal(name, target) -> 'error';
        if failure is null and room < 1 then        -- found out once, instead of for every item
            failure := lambda.error(
                '54000', format('the options for function %L leave no room for an item', name),
                format('They have %s bytes.', octet_length(options::text)), 'Send less.') -> 'error';
        end if;
    end if;
    while failure is null and start <= cardinality(items) loop
        -- Replies that outgrow their requests would be halved, and sent twice, again and again: so send less.
        last := lambda.chunk_end(
            sizes, start, target.max_batch_items, (0.95 * room / greatest(growth, 0.95))::integer);
        chunk := chunk + 1;
        select c.growth, c.outcomes, c.failure into growth, outcomes, failure
          from lambda.call_batch(
                   target, call_id || '/' || chunk,
                   array(select items[i] from generate_series(start, last) i where items[i] is not null),
                   options, growth) c;
        exit when failure is not null;
        place := 0;
        for i in start .. last loop
            place := place + (items[i] is not null)::integer;
            ordinality := i;
            result := case when items[i] is not null then outcomes[place] -> 'result' end;
            error := case when items[i] is not null then outcomes[place] -> 'error' end;
            return next;
        end loop;
        start := last + 1;
    end loop;
    if failure is null then
        return;
    elsif failure ? 'detail' and failure ? 'hint' then
        raise exception using errcode = failure ->> 'sqlstate', message = failure ->> 'message',
                              detail = failure ->> 'detail', hint = failure ->> 'hint';
    elsif failure ? 'detail' then
        raise exception using errcode = failure ->> 'sqlstate', message = failure ->> 'message',
                              detail = failure ->> 'detail';
    elsif failure ? 'hint' then
        raise exception using errcode = failure ->> 'sqlstate', message = failure ->> 'message',
                              hint = failure ->> 'hint';
    else
        raise exception using errcode = failure ->> 'sqlstate', message = failure ->> 'message';
    end if;
end
$$;
comment on function lambda.invoke_batch(text, jsonb[], jsonb) is
    'Calls a registered function with many items in few calls: a row for each, with its result or its error.';
