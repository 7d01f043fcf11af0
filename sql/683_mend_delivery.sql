-- pglambda_private.mend_delivery(): what brings late durable calls on their way: scheduling delivery where pg_cron is in this
-- database, else one delivery. Whether a job is there already, only its owner could see.
-- Callers: private; pglambda_private.check_outbox.
create or replace function pglambda_private.mend_delivery()
    returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select case
        when exists (select from pg_extension e where e.extname = 'pg_cron') then
            'select cron.schedule(''pglambda.deliver'', ''10 seconds'', ''call pglambda.deliver()'');'
        else 'call pglambda.deliver();'
    end
$$;
comment on function pglambda_private.mend_delivery() is 'Private: what brings late durable calls on their way.';
