package dev.pglambda.local.lambda;

import dev.pglambda.local.lambda.log.LogSink;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * Settings of the local Lambda as a whole.
 *
 * @param maxConcurrency calls at a time for a function whose description has no limit; one more is refused with 429
 * @param idleTimeout after which an environment without calls ends
 * @param eventRetryDelays before each further try of a failed {@code Event} invocation
 * @param logSink takes every log line
 */
public record LambdaSettings(
        int maxConcurrency, Duration idleTimeout, List<Duration> eventRetryDelays, LogSink logSink) {

    public LambdaSettings {
        if (maxConcurrency < 1) {
            throw new IllegalArgumentException("maxConcurrency must be at least 1, not " + maxConcurrency);
        }
        Objects.requireNonNull(idleTimeout);
        eventRetryDelays = List.copyOf(eventRetryDelays);
        Objects.requireNonNull(logSink);
    }

    /** 10 calls at a time, 5 minutes, Lambda's retries after 1 and 2 minutes, no log. */
    public static LambdaSettings defaults() {
        return new LambdaSettings(
                10, Duration.ofMinutes(5), List.of(Duration.ofMinutes(1), Duration.ofMinutes(2)), (name, line) -> {});
    }

    public LambdaSettings withMaxConcurrency(int value) {
        return new LambdaSettings(value, idleTimeout, eventRetryDelays, logSink);
    }

    public LambdaSettings withIdleTimeout(Duration value) {
        return new LambdaSettings(maxConcurrency, value, eventRetryDelays, logSink);
    }

    public LambdaSettings withEventRetryDelays(List<Duration> value) {
        return new LambdaSettings(maxConcurrency, idleTimeout, value, logSink);
    }

    public LambdaSettings withLogSink(LogSink value) {
        return new LambdaSettings(maxConcurrency, idleTimeout, eventRetryDelays, value);
    }
}
