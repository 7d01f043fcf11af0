/**
 * The call contract on the wire: requests as they come from PostgreSQL, replies as they go back. Read
 * {@link dev.pglambda.call.RequestMembers} and {@link dev.pglambda.call.Replies} first. Knows neither a handler nor Lambda.
 */
package dev.pglambda.call;
