package dev.pglambda.local.lambda.api;

import java.util.concurrent.CompletableFuture;

/**
 * Lambda's Invoke operation, whoever asks: the HTTP endpoint, {@code aws_lambda} in PostgreSQL, or a test.
 *
 * <p>Thread-safe. Never blocks the caller on the function: the future completes when the function has answered, or
 * fails with {@link LambdaApiException} when Lambda itself refuses. Giving up on the future does not stop the function,
 * as on AWS.
 */
@FunctionalInterface
public interface InvokeApi {

    /** Starts one invocation. Every refusal arrives through the future, never as an exception from this method. */
    CompletableFuture<InvokeReply> invoke(InvokeRequest request);
}
