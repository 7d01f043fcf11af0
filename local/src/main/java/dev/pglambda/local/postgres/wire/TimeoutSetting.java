package dev.pglambda.local.postgres.wire;

import java.math.BigInteger;
import java.time.Duration;

/**
 * The extension's two time-outs. PostgreSQL takes any value for a setting that no library has defined, so the range is
 * checked here, when a call reads it, with PostgreSQL's words.
 *
 * <p>{@link #CONNECT} is only checked: on this machine a connection is made at once or refused.
 */
enum TimeoutSetting {
    CONNECT("aws_lambda.connect_timeout_ms", 1_000),
    REQUEST("aws_lambda.request_timeout_ms", 3_000);

    private static final int MIN = 1;
    private static final int MAX = 900_000;

    private final String settingName;
    private final int defaultMs;

    TimeoutSetting(String settingName, int defaultMs) {
        this.settingName = settingName;
        this.defaultMs = defaultMs;
    }

    String settingName() {
        return settingName;
    }

    int defaultMs() {
        return defaultMs;
    }

    /** Null and the empty string stand for the default: what {@code SET LOCAL} can leave behind. */
    Duration read(String value) {
        if (value == null || value.isBlank()) {
            return Duration.ofMillis(defaultMs);
        }
        if (!value.strip().matches("[+-]?\\d+")) {
            throw CallFailure.invalidArgument(settingName, value, "The setting is a whole number of milliseconds.");
        }
        BigInteger number = new BigInteger(value.strip());
        if (number.compareTo(BigInteger.valueOf(MIN)) < 0 || number.compareTo(BigInteger.valueOf(MAX)) > 0) {
            throw CallFailure.settingOutOfRange(settingName, number.toString(), MIN, MAX);
        }
        return Duration.ofMillis(number.intValue());
    }
}
