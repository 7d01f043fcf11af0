package dev.pglambda.local.lambda.api;

import java.util.Optional;

/**
 * What Lambda answers to one invocation. The status is 200 for a function that failed, too; then there
 * is a {@link #functionError}.
 *
 * @param statusCode 200, 202 or 204
 * @param payload the function's reply, or its error as JSON; empty for {@code Event} and {@code DryRun}; not copied
 * @param functionArn the full ARN of the function, with the qualifier if the request had one
 * @param executedVersion {@code $LATEST} or the version behind the alias
 * @param functionError {@code Unhandled} (or {@code Handled}) when the function failed
 * @param logResult base64 of the last 4 KB of the log, if the request asked for it
 */
public record InvokeReply(
        int statusCode,
        Optional<byte[]> payload,
        String functionArn,
        String executedVersion,
        Optional<String> functionError,
        Optional<String> logResult) {}
