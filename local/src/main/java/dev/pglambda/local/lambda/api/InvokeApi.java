package dev.pglambda.local.lambda.api;

import java.util.concurrent.CompletableFuture;

/**
 * Lambda's operation Invoke, for the HTTP endpoint, {@code aws_lambda} in PostgreSQL, and tests.
 *
 * <p>Thread-safe. Never waits for the function: the future completes when the function has answered, or fails with
 * {@link LambdaApiException} when Lambda itself refuses. To give up on the future does not stop the function, as on
 * AWS.
 */
@FunctionalInterface
public interface InvokeApi {

    /** Starts one invocation. Every refusal arrives through the future, never as an exception from this method. */
    CompletableFuture<InvokeReply> invoke(InvokeRequest request);
}
