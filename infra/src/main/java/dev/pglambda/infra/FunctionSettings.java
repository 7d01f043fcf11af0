package dev.pglambda.infra;

import java.util.Objects;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.logs.RetentionDays;

/**
 * What all functions have in common.
 *
 * @param prefix in front of every name: {@code pglambda} makes {@code pglambda-process}
 * @param reservedConcurrency how many calls of one function may run at once: its share of the account's, and its limit
 * @param callerTimeoutMs how long the database waits for an answer, {@code aws_lambda.request_timeout_ms}
 */
public record FunctionSettings(
        String prefix,
        Architecture architecture,
        int reservedConcurrency,
        int callerTimeoutMs,
        RetentionDays logRetention) {

    /** Checked. */
    public FunctionSettings {
        Objects.requireNonNull(prefix);
        Objects.requireNonNull(architecture);
        Objects.requireNonNull(logRetention);
    }

    String nameOf(FunctionFolder folder) {
        return prefix + "-" + folder.name();
    }
}
