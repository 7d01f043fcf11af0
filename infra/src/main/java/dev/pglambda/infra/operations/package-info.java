/**
 * Alarms, the queue of failed calls, and the reasons for what cdk-nag finds.
 *
 * <p>Depends on no other package of the stack.
 */
package dev.pglambda.infra.operations;
