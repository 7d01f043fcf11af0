/**
 * Everything that the author of a handler imports, and nothing else. Read {@link dev.pglambda.handler.Handler} first.
 * This package knows nothing of JDBC, pools or the AWS SDK, so that functions without a database start without them.
 */
package dev.pglambda.handler;
