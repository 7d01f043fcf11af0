/**
 * The log of a function: one line of JSON for each event, which CloudWatch can search by field. A provider for SLF4J that
 * has no configuration to read, so it hardly slows a cold start. Read {@code JsonLogger} first. Depends on
 * SLF4J alone.
 */
package dev.pglambda.log;
