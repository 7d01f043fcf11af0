-- pglambda_private.batch_outcome(name, sent, reply): a reply to a batch as the contract has it: an object with either results,
-- as many as items were sent, or an error that can be raised. What is neither becomes 38000: which result belongs to
-- which item could only be guessed.
-- Callers: private; pglambda_private.call_batch.
create or replace function pglambda_private.batch_outcome(name text, sent integer, reply jsonb)
    returns jsonb
    language plpgsql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
declare
    results constant jsonb := reply -> 'results';
    got constant integer := case jsonb_typeof(results) when 'array' then jsonb_array_length(results) end;
begin
    if jsonb_typeof(reply -> 'error') = 'object' then
        return pglambda_private.outcome(name, reply);
    elsif got = sent then
        return reply;
    end if;
    return pglambda_private.error(
        '38000',
        case
            when got is null then format('function %L did not reply with a list of results', name)
            else format('function %L replied with %s results to %s items', name, got, sent)
        end,
        format('It replied: %s', coalesce(left(reply::text, 200), 'nothing')),
        'Does the registry name the right function, and does it run a pglambda handler?');
end
$$;
comment on function pglambda_private.batch_outcome(text, integer, jsonb) is
    'Private: a reply to a batch as the contract has it.';
