/**
 * Real PostgreSQL on this machine, with an {@code aws_lambda} extension like the one of RDS and Aurora.
 *
 * <p>Read {@link dev.pglambda.local.postgres.LocalPostgres} first. The extension itself is SQL: {@code extension/}
 * among the resources. It sends its calls to the server in the package {@code wire}; this package knows nothing of
 * Lambda, of the bundle or of a function.
 */
package dev.pglambda.local.postgres;
