/**
 * The functions: those that PostgreSQL calls, the one that installs the bundle, and the one that measures the outbox.
 *
 * <p>Read {@link dev.pglambda.infra.function.PostgresFunction} first.
 */
package dev.pglambda.infra.function;
