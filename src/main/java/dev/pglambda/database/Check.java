package dev.pglambda.database;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether the database can be used, as a value for health checks and dashboards.
 *
 * @param ok whether a statement was answered
 * @param took how long that took, a new connection included where one was needed
 * @param sqlState what failed; empty when nothing did
 * @param detail the server's version and our user, or what went wrong; never a secret
 * @param active connections in use
 * @param idle connections waiting for use
 */
public record Check(boolean ok, Duration took, Optional<String> sqlState, String detail, int active, int idle) {

    public Check {
        Objects.requireNonNull(took);
        Objects.requireNonNull(sqlState);
        Objects.requireNonNull(detail);
    }
}
