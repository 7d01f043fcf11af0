package dev.pglambda.infra.database;

import software.amazon.awscdk.services.logs.RetentionDays;

/**
 * The properties of a new database server.
 *
 * @param identifier of the cluster or the instance
 * @param databaseName the database that gets the bundle
 * @param version of PostgreSQL: a major one, so that RDS takes the minor one that it offers on that day, or a full one
 * @param timeouts of {@code aws_lambda}
 * @param login how users log in
 */
public record DatabaseSettings(
        String identifier,
        String databaseName,
        String version,
        Timeouts timeouts,
        Login login,
        Protection protection,
        RetentionDays logRetention) {

    /** In milliseconds: {@code aws_lambda.connect_timeout_ms} and {@code aws_lambda.request_timeout_ms}. */
    public record Timeouts(int connectMs, int requestMs) {}

    /**
     * How users log in.
     *
     * @param tokens by IAM tokens, and by nothing else
     * @param firstBySecret the administrator may log in by its password, until it has logged in once
     */
    public record Login(boolean tokens, boolean firstBySecret) {}

    /**
     * What keeps it, and what watches it.
     *
     * @param fromDeletion also whether the server and its data stay when the stack is deleted
     * @param connections how many connections are so many that there is an alarm
     */
    public record Protection(boolean fromDeletion, int connections) {}

    /**
     * The size of a cluster.
     *
     * @param min in ACU; with 0 the cluster pauses without connections, and the first caller then waits some 15 s
     * @param max in ACU
     * @param readers number of instances in addition to the writer, ready to take over
     * @param dataApi whether it takes SQL over HTTPS, from principals that may use {@code rds-data} and a secret
     */
    public record Capacity(double min, double max, int readers, boolean dataApi) {}

    /**
     * The size of an instance.
     *
     * @param type such as {@code t4g.medium}
     * @param storageGb at the beginning; it grows up to five times that
     * @param standby whether there is a second one in another zone, to take over
     */
    public record InstanceSize(String type, int storageGb, boolean standby) {}

    String majorVersion() {
        return version.split("\\.")[0];
    }

    DatabaseName name(DatabaseName.Kind kind) {
        return new DatabaseName(kind, identifier);
    }
}
