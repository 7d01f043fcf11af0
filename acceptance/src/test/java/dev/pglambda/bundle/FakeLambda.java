package dev.pglambda.bundle;

import dev.pglambda.local.lambda.InvokeApi;
import dev.pglambda.local.lambda.InvokeReply;
import dev.pglambda.local.lambda.InvokeRequest;
import dev.pglambda.local.lambda.LambdaApiException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** Lambda that answers as a test scripts it, and remembers what it was asked. */
final class FakeLambda implements InvokeApi {

    private final List<InvokeRequest> requests = new ArrayList<>();
    private CompletableFuture<InvokeReply> next = new CompletableFuture<>();

    synchronized void replies(String payload) {
        next = CompletableFuture.completedFuture(reply(payload, Optional.empty()));
        requests.clear();
    }

    synchronized void fails(String payload) {
        next = CompletableFuture.completedFuture(reply(payload, Optional.of("Unhandled")));
        requests.clear();
    }

    synchronized void refuses(String errorType, int status, String message) {
        next = CompletableFuture.failedFuture(new LambdaApiException(errorType, status, message));
        requests.clear();
    }

    synchronized void neverAnswers() {
        next = new CompletableFuture<>();
        requests.clear();
    }

    synchronized List<InvokeRequest> requests() {
        return List.copyOf(requests);
    }

    /** The payload of the one request since the script was set. */
    String request() {
        List<InvokeRequest> all = requests();
        if (all.size() != 1) {
            throw new AssertionError("expected one request, there were " + all.size());
        }
        return new String(all.get(0).payload(), StandardCharsets.UTF_8);
    }

    @Override
    public synchronized CompletableFuture<InvokeReply> invoke(InvokeRequest request) {
        requests.add(request);
        return next;
    }

    private static InvokeReply reply(String payload, Optional<String> functionError) {
        return new InvokeReply(
                200,
                Optional.of(payload.getBytes(StandardCharsets.UTF_8)),
                "arn:aws:lambda:us-east-1:123456789012:function:scripted",
                "$LATEST",
                functionError,
                Optional.empty());
    }
}
