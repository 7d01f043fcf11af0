-- lambda.call_batch(target, call_id, items, options, growth): sends items in one call; outcomes has a result or an
-- error for each, in order. A call that is too large is halved, as call_id/1 and call_id/2, down to one item, whose
-- error 54000 then is. A program of the caller that does not end says at which item it was, and the call is cut before
-- that one. If it is the first, the error is the item's; twice in a row, before any success, it is raised.
-- growth is the bytes of the last good reply for each byte sent; null until there is one, or 0 after a program that did
-- not end. While it is null a call that fails as a whole gives failure, to be raised; later its error is its items'.
-- Callers: private; lambda.batch_rows.
create or replace function lambda.call_batch(
    target lambda.functions, call_id text, items jsonb[], options jsonb, inout growth double precision,
    out outcomes jsonb[], out failure jsonb
)
    language plpgsql
    set search_path = pg_catalog, pg_temp
as $$
declare
    sent constant integer := cardinality(items);
    batch constant json := array_to_json(items);
    rest jsonb[];
    reply jsonb;
    stuck integer;
    cut integer;
begin
    if sent = 0 then
        outcomes := items;
        return;
    end if;
    reply := lambda.batch_outcome(
        target.name, sent, lambda.call(target, call_id, lambda.request(target, call_id, 'batch', batch, options)));
    if reply ? 'results' then
        growth := octet_length(reply::text)::double precision / octet_length(batch::text);
        outcomes := array(
            select lambda.outcome(target.name, r.entry)
              from jsonb_array_elements(reply -> 'results') with ordinality r (entry, place)
             order by r.place);
    elsif reply #>> '{error,sqlstate}' <> '54000' then
        failure := case when growth is null then reply -> 'error' end;
        outcomes := array_fill(reply, array[sent]);
    elsif sent = 1 then
        outcomes := array[reply];
    else
        stuck := substring(reply #>> '{error,detail}' from '^Busy with item ([0-9]+) of ')::integer;
        cut := case when stuck is null then sent / 2 else greatest(stuck - 1, 1) end;
        failure := case when stuck = 1 and growth = 0 then reply -> 'error' end;
        if stuck = 1 then
            growth := coalesce(growth, 0);
            outcomes := array[reply];
        else
            select half.growth, half.outcomes, half.failure into growth, outcomes, failure
              from lambda.call_batch(target, call_id || '/1', items[:cut], options, growth) half;
        end if;
        if failure is null then
            select half.growth, half.outcomes, half.failure into growth, rest, failure
              from lambda.call_batch(target, call_id || '/2', items[cut + 1:], options, growth) half;
            outcomes := outcomes || rest;
        end if;
    end if;
end
$$;
comment on function lambda.call_batch(lambda.functions, text, jsonb[], jsonb, double precision) is
    'Private: sends items in one call, or in more when that is too large.';
