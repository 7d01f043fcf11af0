/**
 * A handler as a Lambda function: the entry class, the application context, the rehearsal before a SnapStart snapshot. Read
 * {@link dev.pglambda.lambda.LambdaFunction} first, then {@code CallService}.
 */
package dev.pglambda.lambda;
