-- pglambda_private.call_claimed(ids, lease): calls the function with the claimed items, in one call, and returns an
-- outcome for each item, as pglambda_private.outcome does. An error of the whole call is the error of every item, with
-- "together" when there are several: it says nothing about any one of them. Returns null when nothing was called: the
-- function can no longer be called, or the rest of the lease is too short for an answer.
-- One item is sent as data under its own call_id, several as a batch with their call_ids as ids. Locks nothing.
-- Callers: pglambda.deliver, with the rights of its caller.
create or replace function pglambda_private.call_claimed(ids bigint[], lease timestamptz)
    returns jsonb[]
    language plpgsql
    security definer            -- only pglambda_owner may use aws_lambda
    set search_path = pg_catalog, pg_temp
as $$
declare
    sent constant integer := cardinality(ids);
    call_id text := gen_random_uuid();
    claimed record;
    target pglambda.functions;
    reply jsonb;
begin
    if lease is null or clock_timestamp() + pglambda_private.call_limit() > lease then
        return null;
    end if;
    select min(o.function) as function, min(o.options::text)::jsonb as options, count(*) as found,
           array_agg(o.item order by c.place) as items, array_agg(o.call_id order by c.place) as call_ids
      into claimed
      from unnest(ids) with ordinality c (id, place)
      join pglambda.outbox o on o.id = c.id and o.state = 'running' and o.lease_until = lease;
    select f.* into target from pglambda.functions f where f.name = claimed.function;
    if claimed.found <> sent or pglambda_private.refusal(claimed.function, target) is not null then
        return null;
    elsif sent = 1 then
        call_id := claimed.call_ids[1];
        return array[pglambda_private.outcome(target.name, pglambda_private.call(
            target, call_id, 'data', claimed.items[1]::json, claimed.options, null))];
    end if;
    reply := pglambda_private.batch_outcome(target.name, sent, pglambda_private.call(
        target, call_id, 'batch', array_to_json(claimed.items), claimed.options, array_to_json(claimed.call_ids)));
    if reply ? 'results' then
        return array(
            select pglambda_private.outcome(target.name, r.entry)
              from jsonb_array_elements(reply -> 'results') with ordinality r (entry, place)
             order by r.place);
    end if;
    return array_fill(reply || '{"together": true}', array[sent]);
end
$$;
comment on function pglambda_private.call_claimed(bigint[], timestamptz) is
    'Calls the function with the claimed items and returns their outcomes.';
