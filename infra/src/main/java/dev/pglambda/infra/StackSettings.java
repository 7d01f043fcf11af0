package dev.pglambda.infra;

import dev.pglambda.infra.database.DatabaseSettings;
import dev.pglambda.infra.function.FunctionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The options of a stack.
 *
 * @param database how a new server is, and how users log in to any
 * @param server the size of a new server
 * @param proxy whether functions connect through an RDS Proxy
 * @param outboxAge how long a durable call may be due before there is an alarm
 * @param alarmEmail gets the alarms
 * @param sslRootCert a PEM file with certificate authorities, where RDS has other ones than the database layer knows
 */
public record StackSettings(
        FunctionSettings functions,
        DatabaseSettings database,
        Server server,
        boolean proxy,
        Duration outboxAge,
        Optional<String> alarmEmail,
        Optional<Path> sslRootCert) {

    /** A cluster, or an instance if there is the size of one. */
    public record Server(DatabaseSettings.Capacity capacity, Optional<DatabaseSettings.InstanceSize> instance) {}
}
