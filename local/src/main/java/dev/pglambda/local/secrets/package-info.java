/**
 * Secrets Manager on this machine: secrets with versions, staging labels and rotation, for the AWS CLI and SDKs.
 *
 * <p>Read {@link dev.pglambda.local.secrets.LocalSecrets} first. Calls rotation functions through {@link
 * dev.pglambda.local.lambda.api.InvokeApi}, and knows nothing of PostgreSQL; an HTTP server mounts it.
 */
package dev.pglambda.local.secrets;
