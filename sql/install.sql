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
\ir 110_version.sql
\ir 120_register.sql
\ir 130_unregister.sql
\ir 200_error.sql
\ir 205_max_bytes.sql
\ir 210_refusal.sql
\ir 220_timeout_ms.sql
\ir 230_request.sql
\ir 240_failure.sql
\ir 250_function_error.sql
\ir 260_call_error.sql
\ir 270_call.sql
\ir 272_slot_class.sql
\ir 273_slot_key.sql
\ir 274_take_slot.sql
\ir 275_free_slots.sql
\ir 276_call_limited.sql
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
\ir 320_transform_data.sql
\ir 325_transform_data_batch.sql
\ir 330_validate_data.sql
\ir 335_validate_data_batch.sql
\ir 500_wrappers.sql
\ir 505_install_schema.sql
\ir 510_signature_tokens.sql
\ir 512_signature_name.sql
\ir 514_type_words.sql
\ir 516_check_type.sql
\ir 518_signature_type.sql
\ir 520_signature_default.sql
\ir 522_signature_columns.sql
\ir 523_signature_result.sql
\ir 524_signature.sql
\ir 530_wrapper_fields.sql
\ir 532_entries.sql
\ir 534_wrapper_head.sql
\ir 536_wrapper_result.sql
\ir 537_wrong_result.sql
\ir 538_wrapper_sql.sql
\ir 539_batch_items_sql.sql
\ir 540_batch_wrapper_sql.sql
\ir 548_wrapper_target.sql
\ir 549_argument_types.sql
\ir 550_wrapper_functions.sql
\ir 552_check_wrapper.sql
\ir 553_check_definition.sql
\ir 554_make_wrapper.sql
\ir 560_define.sql
\ir 570_undefine.sql
\ir 900_grants.sql
