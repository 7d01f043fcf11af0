-- Installs the pglambda bundle in the database that psql is connected to, or upgrades it:
--
--     psql -v ON_ERROR_STOP=1 -1 -f sql/install.sql
--
-- The user needs no superuser rights: CREATEROLE, CREATE on the database and membership in rds_superuser are enough.
-- Two settings can be given, as in PGOPTIONS='-c pglambda.install_schema=app':
--     pglambda.install_schema    the schema of the wrappers; without it, the schema where they are, or public
--     pglambda.install_wrappers  functions, separated by commas, that get their wrappers before they are registered
--
-- The order of the installation stands here and nowhere else. dev.pglambda.bundle.SqlBundle reads this file too: \ir,
-- and \if after a query for "wanted". All files are ASCII, so the client's encoding does not matter.

-- Roles and schemas.
\ir schema/begin.sql
\ir schema/roles.sql
\ir schema/schemas.sql
\ir schema/steps.sql

-- Tables and views, each once in a database. What changes one of a released version comes here, as a step of its own.
select pglambda_private.is_new_step('registry') as wanted \gset
\if :wanted
\ir schema/registry.sql
\endif
select pglambda_private.is_new_step('outbox') as wanted \gset
\if :wanted
\ir schema/outbox.sql
\endif
select pglambda_private.is_new_step('private_tables') as wanted \gset
\if :wanted
\ir schema/private_tables.sql
\endif

-- Functions, after the functions that they use. A function that a typed wrapper calls, and pglambda.enqueue_row, keep
-- their arguments for ever. Another result or other names of arguments need a drop before.
\ir schema/shipped_wrappers.sql
\ir schema/install_schema.sql
\ir call/register.sql
\ir call/request.sql
\ir call/errors.sql
\ir call/causes.sql
\ir call/failures.sql
\ir call/call.sql
\ir call/turns.sql
\ir call/invoke.sql
\ir batch/chunks.sql
\ir batch/call_batch.sql
\ir batch/invoke_batch.sql
\ir durable/enqueue.sql
\ir durable/enqueue_row.sql
\ir durable/retry.sql
\ir durable/purge.sql
\ir durable/claim.sql
\ir durable/call_claimed.sql
\ir durable/record_outcomes.sql
\ir durable/deliver.sql
\ir call/unregister.sql
\ir define/signature_tokens.sql
\ir define/signature_types.sql
\ir define/signature_columns.sql
\ir define/signature.sql
\ir define/wrapper_sql.sql
\ir define/batch_wrapper_sql.sql
\ir define/async_wrapper_sql.sql
\ir define/make_wrapper.sql
\ir define/checks.sql
\ir define/define.sql
\ir check/aws_lambda.sql
\ir check/functions.sql
\ir check/rights.sql
\ir check/installation.sql
\ir check/outbox.sql
\ir check/check.sql
\ir schema/fingerprint.sql

-- The wrappers of the shipped functions, each where its function is.
select pglambda_private.is_new_step('processed_items', 'process') as wanted \gset
\if :wanted
\ir wrappers/processed_items.sql
\endif
select pglambda_private.wants_wrappers('process') as wanted \gset
\if :wanted
\ir wrappers/process.sql
\endif
select pglambda_private.wants_wrappers('transform') as wanted \gset
\if :wanted
\ir wrappers/transform.sql
\endif
select pglambda_private.wants_wrappers('validate') as wanted \gset
\if :wanted
\ir wrappers/validate.sql
\endif

-- What a former version had, and the rights.
\ir schema/former.sql
\ir grants/close.sql
\ir grants/open.sql
\ir grants/aws_lambda.sql

-- Keeps the installation, or takes it back when nothing is new.
\ir schema/finish.sql
select current_setting('pglambda.unchanged') = 'yes' as wanted \gset
\if :wanted
\ir schema/unchanged.sql
\endif
\ir durable/schedule.sql
