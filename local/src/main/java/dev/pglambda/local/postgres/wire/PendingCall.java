package dev.pglambda.local.postgres.wire;

import dev.pglambda.local.lambda.api.InvokeApi;
import dev.pglambda.local.lambda.api.InvokeReply;
import dev.pglambda.local.lambda.api.LambdaApiException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** A call that has been sent. To give up on it leaves the function running, as on AWS. */
record PendingCall(LambdaCall call, CompletableFuture<InvokeReply> reply) {

    /** Throws {@link CallFailure} when the call cannot even begin. */
    static PendingCall start(LambdaCall call, Function<String, InvokeApi> routing) {
        try {
            InvokeApi api = routing.apply(call.database());
            if (api == null) {
                throw CallFailure.unexpected("no Lambda for database " + call.database());
            }
            // A copy: completing it leaves the platform's own future alone.
            return new PendingCall(call, api.invoke(call.request()).copy());
        } catch (CallFailure e) {
            throw e;
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    /** The caller's time is over. Does nothing after the reply. */
    void timeOut() {
        reply.completeExceptionally(CallFailure.timedOut(call.requestTimeout()));
    }

    static CallFailure failure(Throwable cause) {
        if (cause instanceof CallFailure failure) {
            return failure;
        }
        if (cause instanceof LambdaApiException refusal) {
            return CallFailure.refused(refusal);
        }
        if (cause instanceof CompletionException && cause.getCause() != null) {
            return failure(cause.getCause());
        }
        return CallFailure.unexpected(String.valueOf(cause));
    }
}
