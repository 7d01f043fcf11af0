/**
 * Function {@code monitor}: tells CloudWatch how the durable calls stand, run every minute. Read {@code MonitorHandler}
 * first, in docs/sql.md what it prints.
 */
package dev.pglambda.monitor;
