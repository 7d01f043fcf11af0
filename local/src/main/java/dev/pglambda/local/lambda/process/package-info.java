/**
 * The execution environments of functions: a pool of processes for each function, one call at a time in each.
 *
 * <p>Read {@link dev.pglambda.local.lambda.process.ProcessPool} first, then {@code FunctionEnvironment}, which is one
 * process from its start to its end. {@link dev.pglambda.local.lambda.process.InProcessRunner} runs handlers of tests
 * instead.
 */
package dev.pglambda.local.lambda.process;
