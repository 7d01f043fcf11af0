package dev.pglambda.infra.function;

import dev.pglambda.function.FunctionFolder;
import java.util.Objects;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.logs.RetentionDays;

/**
 * What all functions have in common.
 *
 * @param prefix in front of every name: {@code pglambda} makes {@code pglambda-process}
 * @param reservedConcurrency calls of one function at a time, if its description has no limit: a share of the account's
 * @param callerTimeoutMs how long the database waits for an answer, {@code aws_lambda.request_timeout_ms}
 */
public record FunctionSettings(
        String prefix,
        Architecture architecture,
        int reservedConcurrency,
        int callerTimeoutMs,
        RetentionDays logRetention) {

    public FunctionSettings {
        Objects.requireNonNull(prefix);
        Objects.requireNonNull(architecture);
        Objects.requireNonNull(logRetention);
    }

    /** The name of a function in the account. */
    public String nameOf(FunctionFolder folder) {
        return prefix + "-" + folder.name();
    }
}
