package dev.pglambda.database;

import dev.pglambda.database.connection.Pool;
import dev.pglambda.database.connection.PooledDataSource;
import dev.pglambda.database.connection.SnapStartPause;
import dev.pglambda.database.credentials.CredentialSource;
import dev.pglambda.database.credentials.Logins;
import dev.pglambda.database.settings.Settings;
import io.micronaut.context.BeanProvider;
import io.micronaut.context.annotation.Bean;
import io.micronaut.context.annotation.Factory;
import io.micronaut.context.annotation.Primary;
import io.micronaut.context.env.Environment;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.json.JsonMapper;
import io.micronaut.transaction.TransactionOperations;
import jakarta.inject.Named;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.util.Locale;
import java.util.Optional;
import javax.sql.DataSource;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Wires the layer as Micronaut's data source {@code default}. Making these beans opens, reads and checks nothing. */
@Factory
final class DatabaseFactory {

    static final String NAME = "default";

    /** The pool, and the hook for SnapStart. */
    @Singleton
    @Bean(preDestroy = "close")
    Lifecycle lifecycle(Environment environment, JsonMapper json, BeanProvider<SecretsManagerClient> secretsManager) {
        Settings settings = settings(environment);
        PooledDataSource connections = new PooledDataSource(
                () -> Pool.start(settings, () -> CredentialSource.of(settings, json, secretsManager::get)));
        return new Lifecycle(connections, SnapStartPause.register(connections));
    }

    record Lifecycle(PooledDataSource connections, Optional<SnapStartPause> pause) {
        void close() {
            connections.close();
        }
    }

    @Singleton
    @Primary
    @Named(NAME)
    DataSource dataSource(Lifecycle lifecycle) {
        return lifecycle.connections();
    }

    @Singleton
    @Bean(preDestroy = "close")
    Database database(
            Lifecycle lifecycle,
            @Named(NAME) ConnectionOperations<Connection> context,
            @Named(NAME) TransactionOperations<Connection> transactions) {
        return new Database(lifecycle.connections(), context, transactions, false);
    }

    @Singleton
    Logins logins(Environment environment, JsonMapper json, BeanProvider<SecretsManagerClient> secretsManager) {
        return new Logins(settings(environment), json, secretsManager::get);
    }

    private static Settings settings(Environment environment) {
        return new Settings(name -> setting(environment, name));
    }

    /** The environment variable as it is, or {@code db.pool-max} for {@code DB_POOL_MAX} from Micronaut's configuration. */
    private static Optional<String> setting(Environment environment, String name) {
        String[] words = name.toLowerCase(Locale.ROOT).split("_", 2);
        String property = words[0] + "." + words[1].replace('_', '-');
        // Micronaut would read a ${ in a password as a placeholder, so the environment is asked first.
        return Optional.ofNullable(System.getenv(name)).or(() -> environment.getProperty(property, String.class));
    }
}
