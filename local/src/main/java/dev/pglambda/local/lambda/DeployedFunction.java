package dev.pglambda.local.lambda;

import dev.pglambda.local.lambda.api.LambdaApiException;
import dev.pglambda.local.lambda.process.FunctionRunner;
import dev.pglambda.local.lambda.runtime.Invocation;
import dev.pglambda.local.lambda.runtime.InvocationResult;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * A deployed function with its limit of concurrent calls, and the events that wait for their turn. Thread-safe.
 *
 * <p>Retired when it is removed or replaced: then it takes no new call, and stops its runner after the last one.
 */
final class DeployedFunction {

    private final FunctionRunner runner;
    private final Executor executor;
    private final int maxConcurrency;
    private final Consumer<QueuedEvent> afterFailure;
    private final Deque<QueuedEvent> waiting = new ArrayDeque<>();
    private int busy;
    private boolean retired;

    /** @param maxConcurrency for a function whose description does not say */
    DeployedFunction(FunctionRunner runner, Executor executor, int maxConcurrency, Consumer<QueuedEvent> afterFailure) {
        this.runner = runner;
        this.executor = executor;
        this.maxConcurrency = runner.description().maxConcurrency().orElse(maxConcurrency);
        this.afterFailure = afterFailure;
    }

    FunctionRunner runner() {
        return runner;
    }

    /** Runs it now, or refuses it if the limit is reached. Empty if this function is retired. */
    Optional<CompletableFuture<InvocationResult>> call(Invocation invocation) {
        synchronized (this) {
            if (retired) {
                return Optional.empty();
            }
            if (busy == maxConcurrency) {
                throw new LambdaApiException("TooManyRequestsException", 429, "Rate Exceeded.");
            }
            busy++;
        }
        return Optional.of(run(invocation));
    }

    /** Runs it as soon as the limit allows. False if this function is retired. */
    boolean enqueue(QueuedEvent event) {
        synchronized (this) {
            if (retired) {
                return false;
            }
            waiting.addLast(event);
        }
        runWaiting();
        return true;
    }

    /** Takes no more calls; returns the events that have not been run. */
    List<QueuedEvent> retire() {
        List<QueuedEvent> left;
        boolean quiet;
        synchronized (this) {
            retired = true;
            left = List.copyOf(waiting);
            waiting.clear();
            quiet = busy == 0;
        }
        if (quiet) {
            runner.stop();
        } else {
            runner.retire();
        }
        return left;
    }

    void stop() {
        retire();
        runner.stop();
    }

    private CompletableFuture<InvocationResult> run(Invocation invocation) {
        CompletableFuture<InvocationResult> done = invocation.result().whenComplete((result, failure) -> leave());
        runner.run(invocation);
        return done;
    }

    private void leave() {
        boolean more;
        boolean last;
        synchronized (this) {
            busy--;
            more = !waiting.isEmpty();
            last = retired && busy == 0;
        }
        if (more) {
            executor.execute(this::runWaiting);
        }
        if (last) {
            executor.execute(runner::stop);
        }
    }

    private void runWaiting() {
        for (Optional<QueuedEvent> next = nextEvent(); next.isPresent(); next = nextEvent()) {
            QueuedEvent event = next.get();
            run(event.invocation()).whenComplete((result, refusal) -> {
                if (refusal != null || result.failed()) {
                    afterFailure.accept(event);
                }
            });
        }
    }

    private synchronized Optional<QueuedEvent> nextEvent() {
        if (waiting.isEmpty() || busy == maxConcurrency) {
            return Optional.empty();
        }
        busy++;
        return Optional.of(waiting.removeFirst());
    }
}
