package dev.pglambda.local.lambda;

import java.util.Optional;

/**
 * What one run of a function came to.
 *
 * @param payload the reply, or the error as JSON
 * @param functionError {@code Unhandled} when the function failed
 * @param logTail base64 of the last 4 KB of its log
 */
record Outcome(byte[] payload, Optional<String> functionError, String logTail) {

    boolean failed() {
        return functionError.isPresent();
    }
}
