package dev.pglambda.local.lambda.api;

import java.util.Objects;

/**
 * Lambda's API refused a request; the function did not run, or its answer cannot be had. Carries what the HTTP API
 * would send: the error type (such as {@code ResourceNotFoundException}), the status and the message.
 */
public final class LambdaApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String errorType;
    private final int statusCode;

    public LambdaApiException(String errorType, int statusCode, String message) {
        super(message);
        this.errorType = Objects.requireNonNull(errorType);
        this.statusCode = statusCode;
    }

    /** The value of the {@code x-amzn-ErrorType} header. */
    public String errorType() {
        return errorType;
    }

    public int statusCode() {
        return statusCode;
    }
}
