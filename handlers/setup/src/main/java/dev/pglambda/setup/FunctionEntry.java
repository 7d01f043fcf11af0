package dev.pglambda.setup;

import java.util.Objects;
import java.util.Optional;

/** A function to register. {@code pglambda.register} checks the values. */
record FunctionEntry(
        String name,
        String arn,
        Optional<String> region,
        Optional<String> qualifier,
        Optional<Integer> timeoutMs,
        Optional<Integer> maxBatchItems,
        Optional<Integer> maxConcurrency,
        Optional<Integer> maxAttempts,
        Optional<String> action) {

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
    }
}
