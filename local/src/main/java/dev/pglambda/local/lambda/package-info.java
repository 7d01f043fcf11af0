/**
 * Lambda on this machine: functions as real processes under AWS's own runtime interface client.
 *
 * <p>Read {@link dev.pglambda.local.lambda.InvokeApi} first: it is what the HTTP endpoint for the AWS CLI and SDKs and
 * the {@code aws_lambda} extension call. {@code LocalLambda} is the platform behind it, {@code FunctionEnvironment} one
 * process of a function. Nothing here knows PostgreSQL or any particular handler.
 */
package dev.pglambda.local.lambda;
