-- pglambda_private.batch_limit(target, attempts): how many items that have had so many attempts go into one call.
-- Each failed attempt makes it a tenth, and the last one is made alone: so who kills the function is found after a few
-- calls, and no item is dead for what another did.
-- Callers: private; pglambda_private.claim.
create or replace function pglambda_private.batch_limit(target pglambda.functions, attempts integer)
    returns integer
    language sql
    immutable
    set search_path = pg_catalog, pg_temp
as $$
    select case
               when attempts >= target.max_attempts - 1 then 1
               else greatest(1, floor(target.max_batch_items / 10 ^ attempts)::integer)
           end
$$;
comment on function pglambda_private.batch_limit(pglambda.functions, integer) is
    'Private: how many items that have had so many attempts go into one call.';
