/**
 * Secrets Manager on this machine: secrets with versions and staging labels, for the AWS CLI and SDKs.
 *
 * <p>Read {@link dev.pglambda.local.secrets.LocalSecrets} first. Knows nothing of Lambda and PostgreSQL; whoever has an
 * HTTP server mounts it.
 */
package dev.pglambda.local.secrets;
