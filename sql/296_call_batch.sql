-- lambda.call_batch(target, call_id, items, options, growth): sends items in one call; outcomes has a result or an
-- error for each, in their order. A call that is too large, request or reply, is halved and each half sent in its
-- turn, as call_id/1 and call_id/2, down to one item, whose error 54000 then is.
-- A program of the caller that does not end says at which item it was. The call is then cut before that item. If it is the
-- first, the error is the item's, since it had the time of a whole call, and the others are sent without it; twice in a
-- row, when no call has succeeded, the error is raised: it is the program.
-- growth is how many bytes a reply has for each byte sent, of the last call that succeeded; null until one has, or 0
-- after an item whose program did not end. While it is null a call that fails as a whole gives failure, which is to be
-- raised; afterwards its error is that of its items, because raising it would lose the outcomes of calls that have had
-- their effects.
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
        if stuck = 1 and growth = 0 then
            failure := reply -> 'error';
        elsif stuck = 1 then
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
