package dev.pglambda.local.postgres;

import dev.pglambda.local.lambda.InvokeApi;
import dev.pglambda.local.lambda.InvokeReply;
import dev.pglambda.local.lambda.LambdaApiException;
import java.io.IOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** A call on its way. Giving up on it leaves the function running, as on AWS. */
record PendingCall(LambdaCall call, CompletableFuture<InvokeReply> future, long startNanos) {

    /** How soon a caller that has gone away is noticed. */
    private static final long CHECK_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

    /** Fails when nobody waits for the answer any more. */
    interface CallerCheck {
        void requireOpen() throws IOException;
    }

    static PendingCall start(LambdaCall call, Function<String, InvokeApi> routing) {
        long start = System.nanoTime();
        try {
            InvokeApi api = routing.apply(call.database());
            if (api == null) {
                throw CallFailure.refused("ServiceException", "no Lambda for database " + call.database());
            }
            // A copy: cancelling it leaves the platform's own future alone.
            return new PendingCall(call, api.invoke(call.request()).copy(), start);
        } catch (CallFailure e) {
            throw e;
        } catch (RuntimeException e) {
            throw failure(e);
        }
    }

    /** Throws {@link CallFailure} for every way in which the call can fail, and {@link CancellationException}. */
    LambdaAnswer await(CallerCheck caller) throws IOException {
        long timeout = call.requestTimeout().toNanos();
        while (true) {
            long left = timeout - (System.nanoTime() - startNanos);
            try {
                return LambdaAnswer.of(future.get(Math.min(Math.max(left, 0), CHECK_NANOS), TimeUnit.NANOSECONDS));
            } catch (TimeoutException e) {
                if (left <= CHECK_NANOS) {
                    throw CallFailure.timedOut(call.requestTimeout());
                }
                caller.requireOpen();
            } catch (ExecutionException e) {
                throw failure(e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new CancellationException();
            }
        }
    }

    private static CallFailure failure(Throwable cause) {
        if (cause instanceof LambdaApiException refusal) {
            return CallFailure.refused(refusal.errorType(), refusal.getMessage());
        }
        if (cause instanceof CompletionException && cause.getCause() != null) {
            return failure(cause.getCause());
        }
        return CallFailure.refused("ServiceException", String.valueOf(cause));
    }
}
