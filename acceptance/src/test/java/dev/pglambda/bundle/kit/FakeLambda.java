package dev.pglambda.bundle.kit;

import dev.pglambda.local.lambda.api.InvokeApi;
import dev.pglambda.local.lambda.api.InvokeReply;
import dev.pglambda.local.lambda.api.InvokeRequest;
import dev.pglambda.local.lambda.api.LambdaApiException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** A Lambda whose answers a test scripts. Remembers the requests. */
public final class FakeLambda implements InvokeApi {

    private final List<InvokeRequest> requests = new ArrayList<>();
    private Function<InvokeRequest, CompletableFuture<InvokeReply>> script = request -> new CompletableFuture<>();

    public void replies(String payload) {
        does(request -> reply(payload));
    }

    public void fails(String payload) {
        does(request -> failure(payload));
    }

    public void refuses(String errorType, int status, String message) {
        does(request -> refusal(errorType, status, message));
    }

    public void neverAnswers() {
        does(request -> new CompletableFuture<>());
    }

    /** From here on, every request is answered by the script, which gets its payload. */
    public void does(Function<String, CompletableFuture<InvokeReply>> script) {
        answers(request -> script.apply(text(request)));
    }

    /** From here on, every request is answered by the script. */
    public synchronized void answers(Function<InvokeRequest, CompletableFuture<InvokeReply>> script) {
        this.script = script;
        requests.clear();
    }

    public synchronized List<InvokeRequest> requests() {
        return List.copyOf(requests);
    }

    /** The payload of the one request since the script was set. */
    public String request() {
        List<InvokeRequest> all = requests();
        if (all.size() != 1) {
            throw new AssertionError("expected one request, there were " + all.size());
        }
        return text(all.get(0));
    }

    @Override
    public synchronized CompletableFuture<InvokeReply> invoke(InvokeRequest request) {
        requests.add(request);
        return script.apply(request);
    }

    private static String text(InvokeRequest request) {
        return new String(request.payload(), StandardCharsets.UTF_8);
    }

    public static CompletableFuture<InvokeReply> reply(String payload) {
        return CompletableFuture.completedFuture(reply(payload, Optional.empty()));
    }

    public static CompletableFuture<InvokeReply> failure(String payload) {
        return CompletableFuture.completedFuture(reply(payload, Optional.of("Unhandled")));
    }

    public static CompletableFuture<InvokeReply> refusal(String errorType, int status, String message) {
        return CompletableFuture.failedFuture(new LambdaApiException(errorType, status, message));
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
