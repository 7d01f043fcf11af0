/**
 * Function {@code monitor}: tells CloudWatch how the durable calls stand, run every minute. Read {@code MonitorHandler}
 * first, docs/monitor.md for what it prints.
 */
package dev.pglambda.monitor;
