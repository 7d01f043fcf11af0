package dev.pglambda.local.postgres.wire;

import dev.pglambda.local.lambda.api.InvokeApi;
import dev.pglambda.local.lambda.api.InvokeReply;
import dev.pglambda.local.lambda.api.InvokeRequest;
import dev.pglambda.local.lambda.api.LambdaApiException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** A Lambda that records its requests and answers as the test sets it; at first, it echoes the payload. */
public final class ScriptedLambda implements InvokeApi {

    public static final String ARN = "arn:aws:lambda:us-east-1:123456789012:function:f";

    private final List<InvokeRequest> requests = new CopyOnWriteArrayList<>();
    private volatile InvokeApi behaviour = ScriptedLambda::echo;

    @Override
    public CompletableFuture<InvokeReply> invoke(InvokeRequest request) {
        requests.add(request);
        return behaviour.invoke(request);
    }

    public void behave(InvokeApi newBehaviour) {
        behaviour = newBehaviour;
    }

    public void reset() {
        requests.clear();
        behaviour = ScriptedLambda::echo;
    }

    public void replyWith(String payload) {
        replyWith(payload.getBytes(StandardCharsets.UTF_8));
    }

    public void replyWith(byte[] payload) {
        behave(request -> CompletableFuture.completedFuture(reply(payload)));
    }

    public void failWith(String payload) {
        behave(request -> CompletableFuture.completedFuture(new InvokeReply(
                200,
                Optional.of(payload.getBytes(StandardCharsets.UTF_8)),
                ARN,
                "$LATEST",
                Optional.of("Unhandled"),
                Optional.empty())));
    }

    public void refuseWith(String errorType, int status, String message) {
        behave(request -> CompletableFuture.failedFuture(new LambdaApiException(errorType, status, message)));
    }

    /** Never answers, until the test completes what this returns. */
    public CompletableFuture<InvokeReply> hang() {
        CompletableFuture<InvokeReply> answer = new CompletableFuture<>();
        behave(request -> answer);
        return answer;
    }

    public List<InvokeRequest> requests() {
        return requests;
    }

    public InvokeRequest onlyRequest() {
        if (requests.size() != 1) {
            throw new AssertionError(requests.size() + " requests");
        }
        return requests.get(0);
    }

    public static InvokeReply reply(byte[] payload) {
        return new InvokeReply(200, Optional.of(payload), ARN, "$LATEST", Optional.empty(), Optional.empty());
    }

    public static CompletableFuture<InvokeReply> echo(InvokeRequest request) {
        return CompletableFuture.completedFuture(
                switch (request.invocationType()) {
                    case REQUEST_RESPONSE -> reply(request.payload());
                    case EVENT -> empty(202);
                    case DRY_RUN -> empty(204);
                });
    }

    private static InvokeReply empty(int status) {
        return new InvokeReply(status, Optional.empty(), ARN, "", Optional.empty(), Optional.empty());
    }
}
