package dev.pglambda.infra.database;

import software.amazon.awscdk.services.logs.RetentionDays;

/**
 * The properties of a new cluster.
 *
 * @param identifier of the cluster
 * @param databaseName the database that gets the bundle
 * @param timeouts of {@code aws_lambda}
 */
public record ClusterSettings(
        String identifier, String databaseName, Timeouts timeouts, Capacity capacity, RetentionDays logRetention) {

    /** In milliseconds: {@code aws_lambda.connect_timeout_ms} and {@code aws_lambda.request_timeout_ms}. */
    public record Timeouts(int connectMs, int requestMs) {}

    /**
     * Size and protection.
     *
     * @param min in ACU; with 0 the cluster pauses without connections, and the first caller then waits some 15 s
     * @param max in ACU
     * @param readers number of instances in addition to the writer, ready to take over
     * @param deletionProtection also whether the cluster and its data stay when the stack is deleted
     * @param dataApi whether it takes SQL over HTTPS, from principals that may use {@code rds-data} and a secret
     */
    public record Capacity(double min, double max, int readers, boolean deletionProtection, boolean dataApi) {}
}
