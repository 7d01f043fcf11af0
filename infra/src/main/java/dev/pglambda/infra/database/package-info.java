/**
 * The cluster, new or existing, the role with which it calls functions, and how functions connect to it.
 *
 * <p>Read {@link dev.pglambda.infra.database.TargetDatabase} first.
 */
package dev.pglambda.infra.database;
