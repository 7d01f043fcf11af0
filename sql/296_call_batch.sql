-- pglambda_private.call_batch(target, call_id, items, options, growth): sends items in one call; outcomes has a result or an
-- error for each, in their order. A call that is too large, request or reply, is halved and each half sent in its
-- turn, as call_id/1 and call_id/2, down to one item, whose error 54000 then is.
-- growth is how many bytes a reply has for each byte sent, of the last call that succeeded; null until one has. Until
-- then a call that fails as a whole gives failure, which is to be raised; afterwards its error is that of its items,
-- because raising it would lose the outcomes of calls that have had their effects.
-- Callers: private; pglambda_private.batch_rows.
create or replace function pglambda_private.call_batch(
    target pglambda.functions, call_id text, items jsonb[], options jsonb, inout growth double precision,
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
begin
    if sent = 0 then
        outcomes := items;
        return;
    end if;
    reply := pglambda_private.batch_outcome(
        target.name, sent, pglambda_private.call(target, call_id, pglambda_private.request(target, call_id, 'batch', batch, options)));
    if reply ? 'results' then
        growth := octet_length(reply::text)::double precision / octet_length(batch::text);
        outcomes := array(
            select pglambda_private.outcome(target.name, r.entry)
              from jsonb_array_elements(reply -> 'results') with ordinality r (entry, place)
             order by r.place);
    elsif reply #>> '{error,sqlstate}' <> '54000' then
        failure := case when growth is null then reply -> 'error' end;
        outcomes := array_fill(reply, array[sent]);
    elsif sent = 1 then
        outcomes := array[reply];
    else
        select half.growth, half.outcomes, half.failure into growth, outcomes, failure
          from pglambda_private.call_batch(target, call_id || '/1', items[:sent / 2], options, growth) half;
        if failure is null then
            select half.growth, half.outcomes, half.failure into growth, rest, failure
              from pglambda_private.call_batch(target, call_id || '/2', items[sent / 2 + 1:], options, growth) half;
            outcomes := outcomes || rest;
        end if;
    end if;
end
$$;
comment on function pglambda_private.call_batch(pglambda.functions, text, jsonb[], jsonb, double precision) is
    'Private: sends items in one call, or in more when that is too large.';
