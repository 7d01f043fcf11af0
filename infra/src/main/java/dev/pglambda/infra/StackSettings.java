package dev.pglambda.infra;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * What can be chosen, beside what the functions have in common.
 *
 * @param databaseName the database that gets the bundle
 * @param connectTimeoutMs {@code aws_lambda.connect_timeout_ms} of a new cluster
 * @param capacity of a new cluster
 * @param proxy whether functions connect by way of an RDS Proxy
 * @param outboxAge for how long a durable call may be due before somebody is told
 * @param alarmEmail who is told of alarms
 */
public record StackSettings(
        FunctionSettings functions,
        String databaseName,
        int connectTimeoutMs,
        Capacity capacity,
        boolean proxy,
        Duration outboxAge,
        Optional<String> alarmEmail) {

    /** Checked. */
    public StackSettings {
        Objects.requireNonNull(functions);
        Objects.requireNonNull(databaseName);
        Objects.requireNonNull(capacity);
        Objects.requireNonNull(outboxAge);
        Objects.requireNonNull(alarmEmail);
    }

    /**
     * Of a new cluster.
     *
     * @param least in ACU; with 0 the cluster pauses when nobody is connected, and the first caller waits some 15 s for it
     * @param readers how many beside the writer, ready to take over
     * @param protectedFromDeletion also whether deleting the stack leaves the cluster and its data
     * @param dataApi whether it takes SQL over HTTPS, from whoever may use {@code rds-data} and a secret: to try it out
     */
    public record Capacity(double least, double most, int readers, boolean protectedFromDeletion, boolean dataApi) {}
}
