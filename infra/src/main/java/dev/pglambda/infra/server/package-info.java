/**
 * Database servers: new ones, as {@link dev.pglambda.infra.server.PostgresCluster} or
 * {@link dev.pglambda.infra.server.PostgresInstance}, and existing ones. Each becomes a
 * {@link dev.pglambda.infra.database.TargetDatabase}, which is all that functions know of it.
 */
package dev.pglambda.infra.server;
