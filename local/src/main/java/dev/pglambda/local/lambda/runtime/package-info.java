/**
 * The process of a function: how it is started, and Lambda's runtime API, by which it gets its events.
 *
 * <p>Read {@link dev.pglambda.local.lambda.runtime.FunctionCommand} first, then {@link
 * dev.pglambda.local.lambda.runtime.RuntimeApi}. A process runs AWS's own runtime interface client.
 */
package dev.pglambda.local.lambda.runtime;
