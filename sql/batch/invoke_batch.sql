-- pglambda_private.batch_rows(target, call_id, items, options): the rows of pglambda.invoke_batch, call after call. The
-- calls have the ids call_id/1, call_id/2 and so on. A failure that is to be raised comes as the last row.
create or replace function pglambda_private.batch_rows(
    target pglambda.functions, call_id text, items jsonb[], options jsonb
)
    returns table (ordinality bigint, result jsonb, error jsonb, failure jsonb)
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    room constant integer := pglambda_private.batch_room(target, call_id, options);
    sizes integer[];
    start integer := 1;
    last integer;
    chunk integer := 0;
    growth double precision;
    outcomes jsonb[];
    place integer;
begin
    -- One dimension that begins at 1. An item counts with the size that it would have as a result.
    select array_agg(i.item), array_agg(octet_length(i.item::text) + length('{"result":},')) into items, sizes
      from unnest(items) i (item);
    if room < 1 then                    -- found out once, not for every item
        failure := pglambda_private.error(
            '54000', format('the options for function %L leave no room for an item', target.name),
            format('They have %s bytes.', octet_length(options::text)), 'Send less.') -> 'error';
        return next;
        return;
    end if;
    while start <= cardinality(items) loop
        -- Replies that are larger than their requests would be refused, and the items sent twice, again and again.
        last := pglambda_private.chunk_end(
            sizes, start, target.max_batch_items, (0.95 * room / greatest(growth, 0.95))::integer);
        chunk := chunk + 1;
        select c.growth, c.outcomes, c.failure into growth, outcomes, failure
          from pglambda_private.call_batch(
                   target, call_id || '/' || chunk,
                   array(select items[i] from generate_series(start, last) i where items[i] is not null),
                   options, growth) c;
        if failure is not null then
            return next;
            return;
        end if;
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
end
$$;
comment on function pglambda_private.batch_rows(pglambda.functions, text, jsonb[], jsonb) is
    'The rows of pglambda.invoke_batch, call after call.';

-- pglambda.invoke_batch(name, items, options): calls a registered function with many items in few calls. One row for
-- each item, in the order of the items, with its result or its error. A NULL item is not sent and gives a row of NULLs.
-- Raises what pglambda.invoke raises when a call fails as a whole and no call before it has succeeded.
-- The ids of a statement's calls have the same beginning: 0f8c.../1, 0f8c.../2, and 0f8c.../2/1 for the first half of
-- the second call.
-- Callers: pglambda_operator, the wrappers.
create or replace function pglambda.invoke_batch(name text, items jsonb[], options jsonb default null)
    returns table (ordinality bigint, result jsonb, error jsonb)
    language plpgsql
    volatile cost 10000 rows 1000
    security definer            -- only pglambda_owner may use aws_lambda
    set search_path = pg_catalog, pg_temp
as $$
declare
    call_id constant text := gen_random_uuid();
    target pglambda.functions;
    failure jsonb;
begin
    select f.* into target from pglambda.functions f where f.name = invoke_batch.name;
    if exists (select from unnest(items) i (item) where i.item is not null) then
        failure := pglambda_private.refusal(name, target) -> 'error';
    end if;
    if failure is null then
        for ordinality, result, error, failure in
            select r.ordinality, r.result, r.error, r.failure
              from pglambda_private.batch_rows(target, call_id, items, options) r
        loop
            exit when failure is not null;
            return next;
        end loop;
    end if;
    if failure is not null then         -- as in pglambda.invoke
        raise exception using
            errcode = failure ->> 'sqlstate',
            message = failure ->> 'message',
            detail = coalesce(failure ->> 'detail', format('Function %s raised this error.', quote_nullable(name))),
            hint = coalesce(failure ->> 'hint', format('Look for call %s in the function''s log.', call_id));
    end if;
end
$$;
comment on function pglambda.invoke_batch(text, jsonb[], jsonb) is
    'Calls a registered function with many items in few calls: one row for each item, with its result or its error.';
