package dev.pglambda.database;

import java.time.Duration;

/**
 * How many connections, and how long to wait for and keep one.
 *
 * @param max connections at most ({@code DB_POOL_MAX})
 * @param idleTimeout how long an unused connection is kept ({@code DB_IDLE_TIMEOUT}); HikariCP takes no less than 10 s
 * @param connectionTimeout how long to wait for a connection ({@code DB_CONNECTION_TIMEOUT}), deadlines apart
 * @param leakTimeout after what time out of the pool a connection is reported as leaked ({@code DB_LEAK_TIMEOUT})
 */
record PoolSettings(int max, Duration idleTimeout, Duration connectionTimeout, Duration leakTimeout) {

    /** HikariCP ends a connection's life after half an hour, and ignores an idle time-out that is close to it. */
    private static final Duration LONGEST_IDLE = Duration.ofMinutes(20);

    static PoolSettings from(Settings settings) {
        Duration hour = Duration.ofHours(1);
        return new PoolSettings(
                settings.number("DB_POOL_MAX", 5, 1, 1000),
                settings.duration("DB_IDLE_TIMEOUT", Duration.ofSeconds(30), Duration.ofSeconds(10), LONGEST_IDLE),
                settings.duration("DB_CONNECTION_TIMEOUT", Duration.ofSeconds(10), Duration.ofMillis(250), hour),
                settings.duration("DB_LEAK_TIMEOUT", Duration.ofSeconds(60), Duration.ofSeconds(2), hour));
    }
}
