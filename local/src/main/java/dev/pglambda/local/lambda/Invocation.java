package dev.pglambda.local.lambda;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/** One run of a function: what goes in, and the future of what comes out. A retry of an event has the same id. */
final class Invocation {

    private final String id;
    private final FunctionArn arn;
    private final String version;
    private final byte[] payload;
    private final Optional<String> clientContext;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();

    private Invocation(String id, FunctionArn arn, byte[] payload, Optional<String> clientContext) {
        this.id = id;
        this.arn = arn;
        this.version = arn.version();
        this.payload = payload;
        this.clientContext = clientContext;
    }

    static Invocation of(FunctionArn arn, byte[] payload, Optional<String> clientContext) {
        return new Invocation(UUID.randomUUID().toString(), arn, payload, clientContext);
    }

    /** The same call once more. */
    Invocation again() {
        return new Invocation(id, arn, payload, clientContext);
    }

    String id() {
        return id;
    }

    FunctionArn arn() {
        return arn;
    }

    String version() {
        return version;
    }

    byte[] payload() {
        return payload;
    }

    /** The ClientContext as JSON text. */
    Optional<String> clientContext() {
        return clientContext;
    }

    CompletableFuture<Outcome> outcome() {
        return outcome;
    }
}
