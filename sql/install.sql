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
\ir 600_library.sql
\ir 605_mend_rights.sql
\ir 610_check_extension.sql
\ir 615_check_rights.sql
\ir 620_check_settings.sql
\ir 625_registration.sql
\ir 630_dry_run.sql
\ir 635_mend_call.sql
\ir 640_check_function.sql
\ir 645_check_functions.sql
\ir 650_check_version.sql
\ir 655_check_public.sql
\ir 660_check_direct_use.sql
\ir 665_check_search_path.sql
\ir 670_check_owner.sql
\ir 675_routines.sql
\ir 678_installed_routines.sql
\ir 680_check_routines.sql
\ir 690_check.sql
\ir 699_record_routines.sql
\ir 900_grants.sql
\ir 905_use_aws_lambda.sql
