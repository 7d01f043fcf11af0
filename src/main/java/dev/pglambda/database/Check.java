package dev.pglambda.database;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/**
 * Whether the database can be used, as a value for health checks and dashboards.
 *
 * @param ok whether the server answered a statement
 * @param took how long that took, with a new connection if one was needed
 * @param sqlState of the failure; empty when there is none
 * @param detail the server's version and the user, or the reason of the failure; never a secret
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
