/**
 * Lambda on this machine: functions as real processes under AWS's own runtime interface client.
 *
 * <p>Read {@link dev.pglambda.local.lambda.LocalLambda} first. What it consists of is in the packages below:
 * {@code api} (the operation Invoke and the HTTP endpoint), {@code process} (environments), {@code runtime} (one
 * process and its runtime API), {@code code} (zips), {@code log}. Nothing here knows PostgreSQL or any particular
 * function.
 */
package dev.pglambda.local.lambda;
