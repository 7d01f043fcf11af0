/**
 * Lambda's API: the operation Invoke, the names of functions, and the HTTP endpoint for the AWS CLI and SDKs.
 *
 * <p>Read {@link dev.pglambda.local.lambda.api.InvokeApi} first: the HTTP endpoint, the extension {@code aws_lambda}
 * and tests call functions through it. Knows nothing of how a function runs.
 */
package dev.pglambda.local.lambda.api;
