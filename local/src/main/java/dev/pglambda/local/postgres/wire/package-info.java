/**
 * The server behind the extension {@code aws_lambda}: it speaks PostgreSQL's wire protocol, because dblink is the one
 * client that every session has, and calls Lambda.
 *
 * <p>Read {@link dev.pglambda.local.postgres.wire.AwsLambdaEndpoint} first, then {@code EndpointSession} and {@code
 * LambdaCall}. Reaches Lambda only through {@link dev.pglambda.local.lambda.api.InvokeApi}.
 */
package dev.pglambda.local.postgres.wire;
