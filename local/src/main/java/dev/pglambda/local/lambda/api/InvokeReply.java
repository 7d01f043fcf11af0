package dev.pglambda.local.lambda.api;

import java.util.Objects;
import java.util.Optional;

/**
 * What Lambda answers to one invocation. A function that failed still answers with status 200; {@link #functionError}
 * tells it.
 *
 * @param statusCode 200, 202 or 204
 * @param payload the function's reply, or its error as JSON; empty for {@code Event} and {@code DryRun}; not copied
 * @param functionArn the full ARN of what was called, with the qualifier if one was asked for
 * @param executedVersion {@code $LATEST} or the version behind the alias
 * @param functionError {@code Unhandled} (or {@code Handled}) when the function failed
 * @param logResult base64 of the last 4 KB of the log, when asked for
 */
public record InvokeReply(
        int statusCode,
        Optional<byte[]> payload,
        String functionArn,
        String executedVersion,
        Optional<String> functionError,
        Optional<String> logResult) {

    public InvokeReply {
        Objects.requireNonNull(payload);
        Objects.requireNonNull(functionArn);
        Objects.requireNonNull(executedVersion);
        Objects.requireNonNull(functionError);
        Objects.requireNonNull(logResult);
    }
}
