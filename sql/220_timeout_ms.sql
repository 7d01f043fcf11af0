-- pglambda_private.timeout_ms(registered): how long a call may take, in milliseconds.
-- That is how long aws_lambda waits for an answer (its setting, default 3000), or less when the registry says less.
-- The registry cannot say more: nobody would be there to take the answer.
-- Callers: private; pglambda_private.request.
create or replace function pglambda_private.timeout_ms(registered integer)
    returns integer
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select least(registered, pglambda_private.setting_ms('aws_lambda.request_timeout_ms', 3000))
$$;
comment on function pglambda_private.timeout_ms(integer) is 'Private: how long a call may take, in milliseconds.';
