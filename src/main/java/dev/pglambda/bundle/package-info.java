/**
 * The SQL bundle of the folder {@code sql/}, carried in this library's jar, and its installer.
 *
 * <p>Read {@link dev.pglambda.bundle.SqlBundle} first. Needs JDBC and a PostgreSQL driver at run time, and nothing else of
 * this library.
 */
package dev.pglambda.bundle;
