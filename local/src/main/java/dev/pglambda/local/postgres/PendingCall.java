package dev.pglambda.local.postgres;

import dev.pglambda.local.lambda.InvokeApi;
import dev.pglambda.local.lambda.InvokeReply;
import dev.pglambda.local.lambda.LambdaApiException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** A call on its way. Giving up on it leaves the function running, as on AWS. */
record PendingCall(LambdaCall call, CompletableFuture<InvokeReply> reply) {

    /** Throws {@link CallFailure} when the call cannot even begin. */
    static PendingCall start(LambdaCall call, Function<String, InvokeApi> routing) {
        try {
            InvokeApi api = routing.apply(call.database());
            if (api == null) {
                throw CallFailure.refused("ServiceException", "no Lambda for database " + call.database());
            }
            // A copy: cancelling it leaves the platform's own future alone.
            return new PendingCall(call, api.invoke(call.request()).copy());
        } catch (CallFailure e) {
            throw e;
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    /** The caller has waited as long as it wanted to. Nothing happens when the reply is there. */
    void timeOut() {
        reply.completeExceptionally(CallFailure.timedOut(call.requestTimeout()));
    }

    void cancel() {
        reply.cancel(false);
    }

    static CallFailure failure(Throwable cause) {
        if (cause instanceof CallFailure failure) {
            return failure;
        }
        if (cause instanceof LambdaApiException refusal) {
            return CallFailure.refused(refusal.errorType(), refusal.getMessage());
        }
        if (cause instanceof CompletionException && cause.getCause() != null) {
            return failure(cause.getCause());
        }
        return CallFailure.refused("ServiceException", String.valueOf(cause));
    }
}
