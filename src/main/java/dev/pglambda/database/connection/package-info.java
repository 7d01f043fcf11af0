/**
 * Connections to PostgreSQL: a pool made for Lambda, verified TLS, deadlines that hold on the server too. Read
 * {@link dev.pglambda.database.connection.PooledDataSource} first. Not for handlers.
 */
package dev.pglambda.database.connection;
