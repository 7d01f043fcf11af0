package dev.pglambda.infra.function;

import dev.pglambda.function.FunctionFolder;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.logs.RetentionDays;

/**
 * What all functions have in common.
 *
 * @param prefix in front of every name: {@code pglambda} makes {@code pglambda-process}
 * @param reservedConcurrency calls of one function at a time, unless its function.json has a limit
 * @param callerTimeoutMs how long the database waits for an answer, {@code aws_lambda.request_timeout_ms}
 */
public record FunctionSettings(
        String prefix,
        Architecture architecture,
        int reservedConcurrency,
        int callerTimeoutMs,
        RetentionDays logRetention) {

    /** The name of a function in the account. */
    public String nameOf(FunctionFolder folder) {
        return prefix + "-" + folder.name();
    }
}
