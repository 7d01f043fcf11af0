package dev.pglambda.local.secrets;

import dev.pglambda.local.lambda.api.InvokeApi;
import dev.pglambda.local.lambda.api.InvokeReply;
import dev.pglambda.local.lambda.api.InvokeRequest;
import dev.pglambda.local.lambda.api.JsonObjects;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Calls rotation functions as Secrets Manager does: four steps, one after the other. A step that fails ends the
 * rotation, which then stays incomplete; on AWS it would be tried again.
 */
final class RotationCalls {

    private static final List<String> STEPS = List.of("createSecret", "setSecret", "testSecret", "finishSecret");

    private final InvokeApi lambda;
    private final Consumer<String> log;

    RotationCalls(InvokeApi lambda, Consumer<String> log) {
        this.lambda = lambda;
        this.log = log;
    }

    /** Returns at once; the future completes when the last step is done, or exceptionally. */
    CompletableFuture<Void> start(StoredSecret secret, String token) {
        String function = secret.rotation().function();
        CompletableFuture<Void> steps = CompletableFuture.completedFuture(null);
        for (String step : STEPS) {
            byte[] event =
                    JsonObjects.bytes(Map.of("Step", step, "SecretId", secret.arn(), "ClientRequestToken", token));
            steps = steps.thenCompose(done -> lambda.invoke(InvokeRequest.of(function, event)))
                    .thenAccept(reply -> requireSuccess(step, reply));
        }
        return steps.whenComplete((done, failure) -> {
            if (failure != null) {
                log.accept("the rotation of secret " + secret.name() + " failed: "
                        + String.valueOf(failure.getMessage()).replaceAll("\\s+", " "));
            }
        });
    }

    private static void requireSuccess(String step, InvokeReply reply) {
        if (reply.functionError().isPresent()) {
            String error = new String(reply.payload().orElse(new byte[0]), StandardCharsets.UTF_8);
            throw new IllegalStateException("step " + step + ": " + error);
        }
    }
}
