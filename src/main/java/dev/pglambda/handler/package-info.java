/**
 * The call contract: how a request from PostgreSQL becomes one call of a typed handler, and its outcome a reply.
 *
 * <p>Read {@link dev.pglambda.handler.DatabaseHandler} first. This package knows nothing of JDBC, pools or the AWS SDK,
 * so that functions without a database start without them.
 */
package dev.pglambda.handler;
