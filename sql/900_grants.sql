-- All grants. Everything is closed first, also where an earlier state had opened it, and then opened to our roles.
-- Runs as lambda_owner; what that role does not own is granted by 905_grants_of_others.sql.
revoke all on schema lambda from public, lambda_invoker, lambda_operator, lambda_process, lambda_monitor;
revoke all on all tables in schema lambda from public, lambda_invoker, lambda_operator, lambda_process, lambda_monitor;
revoke all on all sequences in schema lambda
    from public, lambda_invoker, lambda_operator, lambda_process, lambda_monitor;
revoke all on all routines in schema lambda
    from public, lambda_invoker, lambda_operator, lambda_process, lambda_monitor;
revoke all on function process_data(jsonb), process_data_batch(jsonb[]), process_data_async(jsonb),
    transform_data(jsonb), transform_data_batch(jsonb[]), transform_data_async(jsonb),
    validate_data(jsonb), validate_data_batch(jsonb[]), validate_data_async(jsonb),
    transform_data(jsonb, text, jsonb), transform_data_batch(jsonb[], text, jsonb), validate_data(jsonb, jsonb),
    validate_data_batch(jsonb[], jsonb), is_valid(jsonb, jsonb)
    from public, lambda_operator, lambda_process, lambda_monitor;

grant usage on schema lambda to lambda_operator;
grant select on lambda.functions, lambda.wrappers to lambda_operator;
grant execute on function lambda.version() to lambda_operator;
grant execute on function lambda.register(text, text, text, text, integer, integer, boolean, integer, integer)
    to lambda_operator;
grant execute on function lambda.unregister(text) to lambda_operator;
grant execute on function lambda.invoke(text, jsonb, jsonb) to lambda_operator;
grant execute on function lambda.invoke_batch(text, jsonb[], jsonb) to lambda_operator;
grant execute on function lambda.define(text, text, jsonb, boolean, jsonb, text) to lambda_operator;
grant execute on function lambda.undefine(text) to lambda_operator;
grant execute on function lambda.check() to lambda_operator;

grant select on lambda.outbox, lambda.outbox_status to lambda_operator;
grant execute on function lambda.enqueue(text, jsonb, jsonb, interval, text) to lambda_operator;
grant execute on function lambda.enqueue_row() to lambda_operator;
grant execute on function lambda.retry(bigint) to lambda_operator;
grant execute on function lambda.purge(interval) to lambda_operator;
grant execute on procedure lambda.deliver(integer, interval, interval) to lambda_operator;
-- The parts of deliver, which has its caller's rights only.
grant execute on function lambda.claim(integer) to lambda_operator;
grant execute on function lambda.call_claimed(bigint[], timestamptz) to lambda_operator;
grant execute on function lambda.record_outcomes(bigint[], timestamptz, jsonb[]) to lambda_operator;
grant execute on function lambda.purge_done(interval, integer) to lambda_operator;
grant execute on function lambda.commit_refusal() to lambda_operator;

grant usage on schema lambda to lambda_process;
grant select, insert on lambda.processed_items to lambda_process;

grant usage on schema lambda to lambda_monitor;
grant select on lambda.outbox_status to lambda_monitor;

grant execute on function process_data(jsonb), process_data_batch(jsonb[]), process_data_async(jsonb),
    transform_data(jsonb), transform_data_batch(jsonb[]), transform_data_async(jsonb),
    validate_data(jsonb), validate_data_batch(jsonb[]), validate_data_async(jsonb),
    transform_data(jsonb, text, jsonb), transform_data_batch(jsonb[], text, jsonb), validate_data(jsonb, jsonb),
    validate_data_batch(jsonb[], jsonb), is_valid(jsonb, jsonb) to lambda_invoker;
