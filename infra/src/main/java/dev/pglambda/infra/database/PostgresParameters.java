package dev.pglambda.infra.database;

import java.util.Map;

/** The parameters of a new server: for the extensions aws_lambda and pg_cron, and TLS only. */
final class PostgresParameters {

    static final String DESCRIPTION = "For the extensions aws_lambda and pg_cron, and TLS only";

    private PostgresParameters() {}

    static Map<String, String> of(DatabaseSettings settings) {
        return Map.of(
                // The bundle has pg_cron deliver durable calls.
                "shared_preload_libraries",
                "pg_stat_statements,pg_cron",
                "cron.database_name",
                settings.databaseName(),
                "rds.force_ssl",
                "1",
                // Without it the database does not find the endpoint of Lambda by its private name.
                "rds.custom_dns_resolution",
                "1",
                "aws_lambda.connect_timeout_ms",
                String.valueOf(settings.timeouts().connectMs()),
                "aws_lambda.request_timeout_ms",
                String.valueOf(settings.timeouts().requestMs()));
    }
}
