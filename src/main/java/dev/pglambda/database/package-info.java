/**
 * Access from a handler to PostgreSQL: a pool for Lambda, credentials that rotate, verified TLS, and work that stops at
 * its deadline. Read {@link dev.pglambda.database.Database} first, docs/database.md for the settings.
 *
 * <p>Its beans exist only where HikariCP is on the class path, so functions without the database layer do not have
 * them. Of our own packages it knows {@link dev.pglambda.handler.Deadline} and no more.
 */
@Configuration
@Requires(classes = {HikariDataSource.class, Driver.class})
package dev.pglambda.database;

import com.zaxxer.hikari.HikariDataSource;
import io.micronaut.context.annotation.Configuration;
import io.micronaut.context.annotation.Requires;
import org.postgresql.Driver;
