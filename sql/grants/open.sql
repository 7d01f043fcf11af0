-- Gives the roles of the bundle what they need: all grants of the bundle. Runs as pglambda_owner.
grant usage on schema pglambda to pglambda_operator;
grant execute on all routines in schema pglambda to pglambda_operator;
grant select on pglambda.functions, pglambda.wrappers, pglambda.outbox, pglambda.outbox_status to pglambda_operator;

grant usage on schema pglambda to pglambda_deliverer;
grant execute on procedure pglambda.deliver(integer, interval, interval) to pglambda_deliverer;
grant select on pglambda.outbox_status to pglambda_deliverer;

-- The parts of pglambda.deliver, which has the rights of its caller.
grant usage on schema pglambda_private to pglambda_operator, pglambda_deliverer;
grant execute on function pglambda_private.claim(integer) to pglambda_operator, pglambda_deliverer;
grant execute on function pglambda_private.call_claimed(bigint[], timestamptz) to pglambda_operator, pglambda_deliverer;
grant execute on function pglambda_private.record_outcomes(bigint[], timestamptz, jsonb[])
    to pglambda_operator, pglambda_deliverer;
grant execute on function pglambda_private.purge_done(interval, integer) to pglambda_operator, pglambda_deliverer;
grant execute on function pglambda_private.commit_refusal() to pglambda_operator, pglambda_deliverer;

do $$
declare
    wrapper text;
begin
    if to_regclass('pglambda.processed_items') is not null then         -- with the wrappers of the function process
        grant usage on schema pglambda to pglambda_process;
        grant select, insert on pglambda.processed_items to pglambda_process;
    end if;
    for wrapper in select w.id::regprocedure::text from pglambda_private.shipped_wrappers() w loop
        execute format('grant execute on function %s to pglambda_invoker', wrapper);
    end loop;
end
$$;
