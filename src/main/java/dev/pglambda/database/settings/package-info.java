/**
 * What all parts of the database layer share: the {@code DB_*} settings, and the SQLSTATEs that it distinguishes. Not
 * for handlers. Depends on nothing of ours.
 */
package dev.pglambda.database.settings;
