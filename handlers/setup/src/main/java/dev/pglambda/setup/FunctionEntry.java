package dev.pglambda.setup;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A function to register. {@code pglambda.register} checks the values.
 *
 * @param sql signatures of its typed wrappers
 */
record FunctionEntry(
        String name,
        String arn,
        Optional<String> region,
        Optional<String> qualifier,
        Optional<Integer> timeoutMs,
        Optional<Integer> maxBatchItems,
        Optional<Integer> maxConcurrency,
        Optional<Integer> maxAttempts,
        Optional<String> action,
        List<String> sql) {

    FunctionEntry {
        Objects.requireNonNull(name);
        Objects.requireNonNull(arn);
        Objects.requireNonNull(region);
        Objects.requireNonNull(qualifier);
        Objects.requireNonNull(timeoutMs);
        Objects.requireNonNull(maxBatchItems);
        Objects.requireNonNull(maxConcurrency);
        Objects.requireNonNull(maxAttempts);
        Objects.requireNonNull(action);
        sql = List.copyOf(sql);
    }
}
