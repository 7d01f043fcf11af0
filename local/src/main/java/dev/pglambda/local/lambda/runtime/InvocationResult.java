package dev.pglambda.local.lambda.runtime;

import java.util.Optional;

/**
 * How a run of a function has ended.
 *
 * @param payload the reply, or the error as JSON
 * @param functionError {@code Unhandled} if the function failed
 * @param logTail base64 of the last 4 KB of its log
 */
public record InvocationResult(byte[] payload, Optional<String> functionError, String logTail) {

    public static InvocationResult success(byte[] reply, String logTail) {
        return new InvocationResult(reply, Optional.empty(), logTail);
    }

    public static InvocationResult failure(byte[] error, String logTail) {
        return new InvocationResult(error, Optional.of("Unhandled"), logTail);
    }

    public boolean failed() {
        return functionError.isPresent();
    }
}
