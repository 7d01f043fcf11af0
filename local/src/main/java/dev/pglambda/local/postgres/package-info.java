/**
 * Real PostgreSQL on this machine, with an {@code aws_lambda} extension like the one of RDS and Aurora.
 *
 * <p>Read {@link dev.pglambda.local.postgres.LocalPostgres} for the server and
 * {@link dev.pglambda.local.postgres.AwsLambdaEndpoint} for the way from SQL to Lambda. The extension itself is SQL:
 * {@code extension/} among the resources. This package reaches Lambda only through
 * {@link dev.pglambda.local.lambda.InvokeApi} and knows no handler and nothing of the bundle.
 */
package dev.pglambda.local.postgres;
