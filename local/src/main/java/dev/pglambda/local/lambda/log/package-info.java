/**
 * What functions print, and the lines that Lambda adds: START, END and REPORT.
 *
 * <p>Read {@link dev.pglambda.local.lambda.log.InvocationLog} first.
 */
package dev.pglambda.local.lambda.log;
