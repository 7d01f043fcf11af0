package dev.pglambda.database.connection;

import dev.pglambda.database.settings.Settings;
import java.time.Duration;

/**
 * How many connections there may be, and how long to wait for one and to keep it.
 *
 * @param max connections at most ({@code DB_POOL_MAX})
 * @param idleTimeout how long an unused connection is kept ({@code DB_IDLE_TIMEOUT}); HikariCP takes no less than 10 s
 * @param connectionTimeout how long to wait for a connection ({@code DB_CONNECTION_TIMEOUT}), unless a deadline is
 *     earlier
 */
record PoolSettings(int max, Duration idleTimeout, Duration connectionTimeout) {

    /** HikariCP closes connections after half an hour, and ignores an idle time-out that is close to that. */
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(20);

    static PoolSettings from(Settings settings) {
        Duration hour = Duration.ofHours(1);
        return new PoolSettings(
                settings.number("DB_POOL_MAX", 5, 1, 1000),
                settings.duration("DB_IDLE_TIMEOUT", Duration.ofSeconds(30), Duration.ofSeconds(10), LONGEST_IDLE),
                settings.duration("DB_CONNECTION_TIMEOUT", Duration.ofSeconds(10), Duration.ofMillis(250), hour));
    }
}
