/**
 * Function {@code monitor}: tells CloudWatch how the durable calls stand, run every minute. Read {@code MonitorHandler}
 * first, in docs/sql/durable.md what it prints.
 */
package dev.pglambda.monitor;
