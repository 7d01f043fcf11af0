package dev.pglambda.infra.function;

import dev.pglambda.function.FunctionFolder;
import java.util.Optional;
import java.util.OptionalInt;
import software.amazon.awscdk.services.lambda.Architecture;
import software.amazon.awscdk.services.logs.RetentionDays;

/**
 * What all functions have in common.
 *
 * @param prefix in front of every name: {@code pglambda} makes {@code pglambda-process}
 * @param reservedConcurrency calls of one function at a time, unless its function.json has another limit; without it, nothing
 *     is reserved, and all functions share the account's quota
 * @param callerTimeoutMs how long the database waits for an answer, {@code aws_lambda.request_timeout_ms}
 */
public record FunctionSettings(
        String prefix,
        Architecture architecture,
        Optional<Integer> reservedConcurrency,
        int callerTimeoutMs,
        RetentionDays logRetention) {

    /** The name of a function in the account. */
    public String nameOf(FunctionFolder folder) {
        return prefix + "-" + folder.name();
    }

    /** How many calls of a function Lambda reserves; without a reservation, empty. */
    Optional<Integer> reserved(FunctionFolder folder) {
        return reservedConcurrency.map(
                number -> folder.description().maxConcurrency().orElse(number));
    }

    /** How many calls of a function the database makes at a time: callers wait for a place, instead of being refused. */
    Optional<Integer> limit(FunctionFolder folder) {
        OptionalInt own = folder.description().maxConcurrency();
        return own.isPresent() ? Optional.of(own.getAsInt()) : reservedConcurrency;
    }
}
