package dev.pglambda.local.postgres.wire;

import dev.pglambda.local.lambda.api.InvokeReply;
import dev.pglambda.local.lambda.api.LambdaApiException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionException;

/**
 * A call that ends as an error in SQL. All texts that a caller of {@code aws_lambda.invoke} can see are here, except
 * for the two about the endpoint itself, which are in {@code aws_lambda--1.0.sql}.
 *
 * <p>AWS documents the two forms of {@link #refused} and of a failed function, not their SQLSTATEs (chosen: XX000, what
 * an error without a code has) and not what the client says about a time-out (chosen: curl's words, which the AWS SDK
 * for C++ passes on). For arguments and settings it documents only that they are errors; they look as PostgreSQL's own
 * for its settings do.
 */
final class CallFailure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final String INTERNAL_ERROR = "XX000";
    private static final String INVALID_PARAMETER_VALUE = "22023";
    private static final String NULL_VALUE_NOT_ALLOWED = "22004";
    private static final String INVALID_TEXT_REPRESENTATION = "22P02";

    private static final byte[] NOTHING = {};

    private final String sqlState;
    private final String detail;
    private final transient Optional<String> hint;

    private CallFailure(String sqlState, String message, String detail, Optional<String> hint) {
        super(message, null, false, false);
        this.sqlState = sqlState;
        this.detail = Objects.requireNonNull(detail);
        this.hint = hint;
    }

    String sqlState() {
        return sqlState;
    }

    String detail() {
        return detail;
    }

    Optional<String> hint() {
        return hint;
    }

    /** The failure of a call. */
    static CallFailure of(Throwable cause) {
        if (cause instanceof CallFailure failure) {
            return failure;
        }
        if (cause instanceof LambdaApiException refusal) {
            return refused(refusal);
        }
        return cause instanceof CompletionException ? of(cause.getCause()) : unexpected(String.valueOf(cause));
    }

    /** Lambda's API refused the call. */
    static CallFailure refused(LambdaApiException refusal) {
        return clientReturned(refusal.errorType() + ": " + refusal.getMessage(), Optional.empty());
    }

    /** The call failed for a reason of this platform. */
    static CallFailure unexpected(String message) {
        return refused(new LambdaApiException("ServiceException", 500, message));
    }

    static CallFailure timedOut(Duration timeout) {
        return clientReturned(
                "curlCode: 28, Timeout was reached",
                Optional.of("The function did not answer within " + timeout.toMillis()
                        + " ms and goes on running; aws_lambda.request_timeout_ms sets how long to wait."));
    }

    /** What is wrong with a reply: the function failed, or its payload is nothing that PostgreSQL takes as text. */
    static Optional<CallFailure> in(InvokeReply reply) {
        byte[] payload = reply.payload().orElse(NOTHING);
        return reply.functionError()
                .map(error -> functionFailed(reply.functionArn(), error, new String(payload, StandardCharsets.UTF_8)))
                .or(() -> notText(payload));
    }

    private static CallFailure functionFailed(String functionArn, String functionError, String details) {
        return failure(
                INTERNAL_ERROR,
                "lambda invocation failed",
                "\"" + functionArn + "\" returned error \"" + functionError + "\", details: \"" + details + "\".");
    }

    /** Neither libpq nor PostgreSQL's type text would notice. Whether the text is JSON is for PostgreSQL to say. */
    private static Optional<CallFailure> notText(byte[] payload) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload));
        } catch (CharacterCodingException e) {
            return Optional.of(notText("not in UTF-8"));
        }
        for (byte b : payload) {
            if (b == 0) {
                return Optional.of(notText("text with a NUL in it"));
            }
        }
        return Optional.empty();
    }

    private static CallFailure notText(String what) {
        return failure(
                INVALID_TEXT_REPRESENTATION,
                "invalid input syntax for type json",
                "The function's reply is " + what + ".");
    }

    static CallFailure nullArgument(String name) {
        return failure(
                NULL_VALUE_NOT_ALLOWED,
                "null value not allowed for " + name,
                "aws_lambda.invoke needs a " + name + ".");
    }

    static CallFailure invalidArgument(String name, String value, String detail) {
        return failure(
                INVALID_PARAMETER_VALUE, "invalid value for parameter \"" + name + "\": \"" + value + "\"", detail);
    }

    static CallFailure contradictingRegion(String region, String arnRegion) {
        return invalidArgument("region", region, "The function's ARN says \"" + arnRegion + "\".");
    }

    static CallFailure settingOutOfRange(String name, String value, int min, int max) {
        return failure(
                INVALID_PARAMETER_VALUE,
                value + " is outside the valid range for parameter \"" + name + "\" (" + min + " .. " + max + ")",
                "The setting is in milliseconds.");
    }

    /** Never from the extension: another client has connected to the endpoint. */
    static CallFailure malformedCall() {
        return failure("08P01", "malformed call", "A call is a line with a JSON object of strings, then the payload.");
    }

    private static CallFailure clientReturned(String text, Optional<String> hint) {
        return new CallFailure(INTERNAL_ERROR, "invoke API failed", "AWS Lambda client returned '" + text + "'.", hint);
    }

    private static CallFailure failure(String sqlState, String message, String detail) {
        return new CallFailure(sqlState, message, detail, Optional.empty());
    }
}
