-- pglambda_private.batch_rows(target, items, options): the rows of pglambda.invoke_batch, call after call. A failure that is to be
-- raised comes as the last row: see pglambda_private.call_batch.
-- Callers: private; pglambda.invoke_batch.
create or replace function pglambda_private.batch_rows(target pglambda.functions, items jsonb[], options jsonb)
    returns table (ordinality bigint, result jsonb, error jsonb, failure jsonb)
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    call_id constant text := gen_random_uuid();
    room constant integer := pglambda_private.batch_room(target, call_id, options);
    sizes integer[];
    start integer := 1;
    last integer;
    chunk integer := 0;
    growth double precision;
    outcomes jsonb[];
    place integer;
begin
    select array_agg(i.item), array_agg(octet_length(i.item::text) + length('{"result":},')) into items, sizes
      from unnest(items) i (item);      -- one dimension that begins at 1, and a size that a like result has too
    if room < 1 then                    -- found out once, instead of for every item
        failure := pglambda_private.error(
            '54000', format('the options for function %L leave no room for an item', target.name),
            format('They have %s bytes.', octet_length(options::text)), 'Send less.') -> 'error';
        return next;
        return;
    end if;
    while start <= cardinality(items) loop
        -- Replies that outgrow their requests would be halved, and sent twice, again and again: so send less.
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
comment on function pglambda_private.batch_rows(pglambda.functions, jsonb[], jsonb) is
    'Private: the rows of pglambda.invoke_batch, call after call.';
