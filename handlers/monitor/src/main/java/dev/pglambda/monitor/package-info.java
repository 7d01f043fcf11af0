/**
 * Function {@code monitor}: prints metrics of the durable calls, every minute. Read {@code MonitorHandler} first;
 * docs/sql/durable.md says what it prints.
 */
package dev.pglambda.monitor;
