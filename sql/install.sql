-- Installs or upgrades the pglambda bundle in the database that psql is connected to:
--
--     psql -v ON_ERROR_STOP=1 -1 -f sql/install.sql
--
-- The user needs no superuser: CREATEROLE, CREATE on the database and membership of rds_superuser are enough.
-- The wrappers go to schema public, or to another: PGOPTIONS='-c lambda.install_schema=app' psql …
-- The lines below are the one list of files. dev.pglambda.bundle.SqlBundle reads it too: same files, same result.
\ir 010_begin.sql
\ir 020_roles.sql
\ir 030_extension.sql
\ir 040_schema.sql
\ir 050_install_schema.sql
\ir 060_owner.sql
\ir 100_functions.sql
\ir 105_processed_items.sql
\ir 107_outbox.sql
\ir 108_outbox_indexes.sql
\ir 109_outbox_status.sql
\ir 110_version.sql
\ir 120_register.sql
\ir 130_unregister.sql
\ir 200_error.sql
\ir 205_max_bytes.sql
\ir 210_refusal.sql
\ir 215_setting_ms.sql
\ir 220_timeout_ms.sql
\ir 230_request.sql
\ir 240_failure.sql
\ir 250_function_error.sql
\ir 260_call_error.sql
\ir 270_call.sql
\ir 280_outcome.sql
\ir 290_invoke.sql
\ir 291_batch_room.sql
\ir 292_chunk_end.sql
\ir 294_batch_outcome.sql
\ir 296_call_batch.sql
\ir 297_batch_rows.sql
\ir 298_invoke_batch.sql
\ir 300_wrappers.sql
\ir 310_process_data.sql
\ir 315_process_data_batch.sql
\ir 317_process_data_async.sql
\ir 320_transform_data.sql
\ir 325_transform_data_batch.sql
\ir 327_transform_data_async.sql
\ir 330_validate_data.sql
\ir 335_validate_data_batch.sql
\ir 337_validate_data_async.sql
\ir 400_enqueue.sql
\ir 404_row_query.sql
\ir 405_enqueue_row.sql
\ir 410_retry.sql
\ir 415_purge.sql
\ir 420_call_limit.sql
\ir 425_end_leases.sql
\ir 427_batch_limit.sql
\ir 430_claim.sql
\ir 440_call_claimed.sql
\ir 445_is_final.sql
\ir 447_back_off.sql
\ir 450_record_outcomes.sql
\ir 455_purge_done.sql
\ir 460_commit_refusal.sql
\ir 470_deliver.sql
\ir 900_grants.sql
\ir 910_schedule.sql
