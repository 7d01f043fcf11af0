package dev.pglambda.database;

import io.micronaut.context.annotation.Primary;
import io.micronaut.context.annotation.Requires;
import io.micronaut.data.jdbc.config.DataJdbcConfiguration;
import io.micronaut.data.model.query.builder.sql.Dialect;
import jakarta.inject.Named;
import jakarta.inject.Singleton;

/** The same as {@code datasources.default.dialect: POSTGRES} in a function's configuration. */
@Singleton
@Primary
@Named(DatabaseFactory.NAME)
@Requires(missingProperty = DataJdbcConfiguration.PREFIX + "." + DatabaseFactory.NAME)
final class PostgresDialect extends DataJdbcConfiguration {

    PostgresDialect() {
        super(DatabaseFactory.NAME);
        setDialect(Dialect.POSTGRES);
    }
}
