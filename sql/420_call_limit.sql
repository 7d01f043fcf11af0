-- pglambda_private.call_limit(): how long a call can keep a session waiting, whatever the function does.
-- Twice what aws_lambda says: a call may first wait for its turn, as long as it may take itself, and no document rules
-- out that aws_lambda tries a second time.
-- Callers: private; pglambda_private.claim and pglambda_private.call_claimed. A lease is this and a few seconds more.
create or replace function pglambda_private.call_limit()
    returns interval
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select 2 * (pglambda_private.setting_ms('aws_lambda.connect_timeout_ms', 1000)
                + pglambda_private.setting_ms('aws_lambda.request_timeout_ms', 3000)) * interval '1 millisecond'
$$;
comment on function pglambda_private.call_limit() is 'Private: how long a call can keep a session waiting.';
