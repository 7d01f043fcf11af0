-- pglambda.invoke_batch(name, items, options): calls a registered function with many items in few calls. A row for each
-- item, in the items' order, with its result or its error. A NULL item gives a row of NULLs and is not sent.
-- Raises what pglambda.invoke raises, when a call fails as a whole and none has succeeded before: see pglambda_private.call_batch.
-- The ids of a statement's calls begin alike: 0f8c…/1, 0f8c…/2, and 0f8c…/2/1 for the first half of the second.
-- Callers: pglambda_operator, the wrappers.
create or replace function pglambda.invoke_batch(name text, items jsonb[], options jsonb default null)
    returns table (ordinality bigint, result jsonb, error jsonb)
    language plpgsql
    volatile cost 10000 rows 1000
    security definer            -- only pglambda_owner may use aws_lambda
    set search_path = pg_catalog, pg_temp
as $$
declare
    target pglambda.functions;
    failure jsonb;
begin
    select f.* into target from pglambda.functions f where f.name = invoke_batch.name;
    if exists (select from unnest(items) i (item) where i.item is not null) then
        failure := pglambda_private.refusal(name, target) -> 'error';
    end if;
    if failure is null then
        for ordinality, result, error, failure in
            select r.ordinality, r.result, r.error, r.failure from pglambda_private.batch_rows(target, items, options) r
        loop
            exit when failure is not null;
            return next;
        end loop;
    end if;
    -- As in pglambda.invoke, for the same reasons.
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
comment on function pglambda.invoke_batch(text, jsonb[], jsonb) is
    'Calls a registered function with many items in few calls: a row for each, with its result or its error.';
