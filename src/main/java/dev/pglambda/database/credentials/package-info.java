/**
 * Who connects to PostgreSQL: credentials from a secret that rotates, or from settings. Read
 * {@link dev.pglambda.database.credentials.CredentialSource} first. Not for handlers, except for
 * {@link dev.pglambda.database.credentials.Logins}. Opens no connection.
 */
package dev.pglambda.database.credentials;
