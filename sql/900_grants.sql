-- All grants. Everything is closed first, also where an earlier state had opened it, and then opened to our roles.
-- Runs as pglambda_owner; what that role does not own is granted by 905_grants_of_others.sql.
revoke all on schema lambda from public, pglambda_invoker, pglambda_operator, pglambda_process, pglambda_monitor;
revoke all on all tables in schema lambda from public, pglambda_invoker, pglambda_operator, pglambda_process, pglambda_monitor;
revoke all on all sequences in schema lambda
    from public, pglambda_invoker, pglambda_operator, pglambda_process, pglambda_monitor;
revoke all on all routines in schema lambda
    from public, pglambda_invoker, pglambda_operator, pglambda_process, pglambda_monitor;
revoke all on function process_data(jsonb), process_data_batch(jsonb[]), process_data_async(jsonb),
    transform_data(jsonb), transform_data_batch(jsonb[]), transform_data_async(jsonb),
    validate_data(jsonb), validate_data_batch(jsonb[]), validate_data_async(jsonb),
    transform_data(jsonb, text, jsonb), transform_data_batch(jsonb[], text, jsonb), validate_data(jsonb, jsonb),
    validate_data_batch(jsonb[], jsonb), is_valid(jsonb, jsonb)
    from public, pglambda_operator, pglambda_process, pglambda_monitor;

grant usage on schema lambda to pglambda_operator;
grant select on pglambda.functions, pglambda.wrappers to pglambda_operator;
grant execute on function pglambda.version() to pglambda_operator;
grant execute on function pglambda.register(text, text, text, text, integer, integer, boolean, integer, integer)
    to pglambda_operator;
grant execute on function pglambda.unregister(text) to pglambda_operator;
grant execute on function pglambda.invoke(text, jsonb, jsonb) to pglambda_operator;
grant execute on function pglambda.invoke_batch(text, jsonb[], jsonb) to pglambda_operator;
grant execute on function pglambda.define(text, text, jsonb, boolean, jsonb, text) to pglambda_operator;
grant execute on function pglambda.undefine(text) to pglambda_operator;
grant execute on function pglambda.check() to pglambda_operator;

grant select on pglambda.outbox, pglambda.outbox_status to pglambda_operator;
grant execute on function pglambda.enqueue(text, jsonb, jsonb, interval, text) to pglambda_operator;
grant execute on function pglambda.enqueue_row() to pglambda_operator;
grant execute on function pglambda.retry(bigint) to pglambda_operator;
grant execute on function pglambda.purge(interval) to pglambda_operator;
grant execute on procedure pglambda.deliver(integer, interval, interval) to pglambda_operator;
-- The parts of deliver, which has its caller's rights only.
grant execute on function pglambda_private.claim(integer) to pglambda_operator;
grant execute on function pglambda_private.call_claimed(bigint[], timestamptz) to pglambda_operator;
grant execute on function pglambda_private.record_outcomes(bigint[], timestamptz, jsonb[]) to pglambda_operator;
grant execute on function pglambda_private.purge_done(interval, integer) to pglambda_operator;
grant execute on function pglambda_private.commit_refusal() to pglambda_operator;

grant usage on schema lambda to pglambda_process;
grant select, insert on pglambda.processed_items to pglambda_process;

grant usage on schema lambda to pglambda_monitor;
grant select on pglambda.outbox_status to pglambda_monitor;

grant execute on function process_data(jsonb), process_data_batch(jsonb[]), process_data_async(jsonb),
    transform_data(jsonb), transform_data_batch(jsonb[]), transform_data_async(jsonb),
    validate_data(jsonb), validate_data_batch(jsonb[]), validate_data_async(jsonb),
    transform_data(jsonb, text, jsonb), transform_data_batch(jsonb[], text, jsonb), validate_data(jsonb, jsonb),
    validate_data_batch(jsonb[], jsonb), is_valid(jsonb, jsonb) to pglambda_invoker;
