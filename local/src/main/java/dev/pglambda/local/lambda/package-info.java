/**
 * Lambda on this machine: functions as real processes under AWS's own runtime interface client.
 *
 * <p>Read {@link dev.pglambda.local.lambda.LocalLambda} first. Its parts are the packages {@code api} (the operation
 * Invoke and the HTTP endpoint), {@code process} (environments), {@code runtime} (one process and its runtime API),
 * {@code code} (zips), {@code log}. Nothing here depends on PostgreSQL or on a particular function.
 */
package dev.pglambda.local.lambda;
