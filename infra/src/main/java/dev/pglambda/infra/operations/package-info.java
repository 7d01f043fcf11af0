/**
 * Alarms, the queue of failed calls, and the reasons why findings of cdk-nag are suppressed.
 *
 * <p>Depends on no other package of the stack.
 */
package dev.pglambda.infra.operations;
