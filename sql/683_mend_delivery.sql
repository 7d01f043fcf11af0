-- lambda.mend_delivery(): what brings late durable calls on their way: scheduling delivery where pg_cron is in this
-- database, else one delivery. Whether a job is there already, only its owner could see.
-- Callers: private; lambda.check_outbox.
create or replace function lambda.mend_delivery()
    returns text
    language sql
    stable
    set search_path = pg_catalog, pg_temp
as $$
    select case
        when exists (select from pg_extension e where e.extname = 'pg_cron') then
            'select cron.schedule(''lambda.deliver'', ''10 seconds'', ''call lambda.deliver()'');'
        else 'call lambda.deliver();'
    end
$$;
comment on function lambda.mend_delivery() is 'Private: what brings late durable calls on their way.';
