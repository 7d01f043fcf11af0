package dev.pglambda.infra;

import dev.pglambda.infra.database.ClusterSettings;
import dev.pglambda.infra.function.FunctionSettings;
import java.time.Duration;
import java.util.Optional;

/**
 * The options of a stack.
 *
 * @param databaseName the database that gets the bundle
 * @param connectTimeoutMs {@code aws_lambda.connect_timeout_ms} of a new cluster
 * @param capacity of a new cluster
 * @param proxy whether functions connect through an RDS Proxy
 * @param outboxAge how long a durable call may be due before there is an alarm
 * @param alarmEmail gets the alarms
 */
public record StackSettings(
        FunctionSettings functions,
        String databaseName,
        int connectTimeoutMs,
        ClusterSettings.Capacity capacity,
        boolean proxy,
        Duration outboxAge,
        Optional<String> alarmEmail) {

    ClusterSettings cluster() {
        return new ClusterSettings(
                functions.prefix(), // one cluster for each installation
                databaseName,
                new ClusterSettings.Timeouts(connectTimeoutMs, functions.callerTimeoutMs()),
                capacity,
                functions.logRetention());
    }
}
