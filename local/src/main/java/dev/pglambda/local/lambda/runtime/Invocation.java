package dev.pglambda.local.lambda.runtime;

import dev.pglambda.local.lambda.api.FunctionArn;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * One run of a function.
 *
 * @param id the request id; a retry of an event has the same
 * @param payload the event; not copied
 * @param clientContext the ClientContext as JSON text
 * @param result completed when the run has ended, or exceptionally when it cannot begin
 */
public record Invocation(
        String id,
        FunctionArn arn,
        byte[] payload,
        Optional<String> clientContext,
        CompletableFuture<InvocationResult> result) {

    public static Invocation of(FunctionArn arn, byte[] payload, Optional<String> clientContext) {
        return new Invocation(UUID.randomUUID().toString(), arn, payload, clientContext, new CompletableFuture<>());
    }

    /** The same call once more. */
    public Invocation again() {
        return new Invocation(id, arn, payload, clientContext, new CompletableFuture<>());
    }

    public String version() {
        return arn.version();
    }
}
