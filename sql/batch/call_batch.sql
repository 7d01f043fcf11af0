-- One batch of items: one call, or several when the call is too large.

-- pglambda_private.batch_outcome(name, sent, reply): a reply to a batch in the form of the call contract: an object
-- with as many results as items were sent, or with an error that can be raised. Anything else becomes 38000: which
-- result belongs to which item would be a guess.
create or replace function pglambda_private.batch_outcome(name text, sent integer, reply jsonb)
    returns jsonb
    language plpgsql
    stable
    set search_path = pg_catalog, pg_temp
as $$
declare
    results constant jsonb := reply -> 'results';
    received constant integer := case jsonb_typeof(results) when 'array' then jsonb_array_length(results) end;
begin
    if jsonb_typeof(reply -> 'error') = 'object' then
        return pglambda_private.outcome(name, reply);
    elsif received = sent then
        return reply;
    end if;
    return pglambda_private.error(
        '38000',
        case
            when received is null then format('function %L did not reply with a list of results', name)
            else format('function %L replied with %s results to %s items', name, received, sent)
        end,
        case when pglambda_private.is_operator() then
            format('It replied: %s', coalesce(left(reply::text, 200), 'nothing')) end,
        'Check that the registry names the right function, and that the function runs a pglambda handler.');
end
$$;
comment on function pglambda_private.batch_outcome(text, integer, jsonb) is
    'A reply to a batch in the form of the call contract.';

-- pglambda_private.call_batch(target, call_id, items, options, growth): sends items in one call. outcomes has a result
-- or an error for each item, in the order of the items. When the request or the reply is too large, the items are sent
-- in two halves, as call_id/1 and call_id/2, down to a single item, which then has the error 54000. When a program of
-- the caller does not end, the error tells the item, and the items are cut before that one. If it is the first item,
-- the error is the outcome of that item; twice in a row, before any call has succeeded, the error is raised.
-- growth is the size of a reply for each byte sent, of the last call that succeeded; null until a call has succeeded,
-- or 0 after a program that did not end. While growth is null, a call that fails as a whole gives failure, which is to
-- be raised. Afterwards its error is the error of its items: raising it would lose the outcomes of calls that have had
-- their effects.
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
    stuck integer;
    cut integer;
begin
    if sent = 0 then
        outcomes := items;
        return;
    end if;
    reply := pglambda_private.batch_outcome(
        target.name, sent, pglambda_private.call(target, call_id, 'batch', batch, options, null));
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
        stuck := substring(reply #>> '{error,detail}' from '^Busy with item ([0-9]+) of ')::integer;
        cut := case when stuck is null then sent / 2 else greatest(stuck - 1, 1) end;
        if stuck = 1 then
            failure := case when growth = 0 then reply -> 'error' end;
            growth := coalesce(growth, 0);
            outcomes := array[reply];
        else
            select half.growth, half.outcomes, half.failure into growth, outcomes, failure
              from pglambda_private.call_batch(target, call_id || '/1', items[:cut], options, growth) half;
        end if;
        if failure is null then
            select half.growth, half.outcomes, half.failure into growth, rest, failure
              from pglambda_private.call_batch(target, call_id || '/2', items[cut + 1:], options, growth) half;
            outcomes := outcomes || rest;
        end if;
    end if;
end
$$;
comment on function pglambda_private.call_batch(pglambda.functions, text, jsonb[], jsonb, double precision) is
    'Sends items in one call, or in several when the call is too large.';
