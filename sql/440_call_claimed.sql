-- pglambda_private.call_claimed(ids, lease): calls the function with the claimed items, in one call, and returns an outcome for
-- each, as pglambda_private.outcome has it. An error of the call as a whole is every item's, with "together" when they were
-- several: it says nothing about any of them. Null when nothing was called: the function cannot be called any more, or
-- so much of the lease is over that another deliverer might come before the answer.
-- One item is sent as data under its own call_id, several as a batch with their call_ids as ids. Locks nothing.
-- Callers: private; pglambda.deliver. Granted to pglambda_operator: deliver has only its caller's rights.
create or replace function pglambda_private.call_claimed(ids bigint[], lease timestamptz)
    returns jsonb[]
    language plpgsql
    security definer            -- only pglambda_owner may use aws_lambda
    set search_path = pg_catalog, pg_temp
as $$
declare
    sent constant integer := cardinality(ids);
    call_id constant text := gen_random_uuid();
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
        return array[pglambda_private.outcome(
            target.name,
            pglambda_private.call(target, claimed.call_ids[1]::text,
                        pglambda_private.request(target, claimed.call_ids[1]::text, 'data', claimed.items[1]::json,
                                       claimed.options)))];
    end if;
    reply := pglambda_private.batch_outcome(
        target.name, sent,
        pglambda_private.call(target, call_id, pglambda_private.request(target, call_id, 'batch', array_to_json(claimed.items),
                                                    claimed.options, array_to_json(claimed.call_ids))));
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
    'Private: calls the function with the claimed items and returns their outcomes.';
