/**
 * The test harness: SQL calls handlers that live in the test's own Micronaut context.
 *
 * <p>Read {@link dev.pglambda.local.junit.LocalPlatformTest} first. One PostgreSQL per JVM, one clone of a prepared
 * database per test class.
 */
package dev.pglambda.local.junit;
