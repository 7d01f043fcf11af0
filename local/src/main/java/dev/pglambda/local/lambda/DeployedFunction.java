package dev.pglambda.local.lambda;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A function in service: how many of its calls run at a time, and the events that wait for their turn. Thread-safe.
 *
 * <p>Retired when it is removed or replaced: then it takes no new call, and stops its runner after the last one.
 */
final class DeployedFunction {

    private final FunctionRunner runner;
    private final Machinery machinery;
    private final Consumer<Event> afterFailure;
    private final Deque<Event> waiting = new ArrayDeque<>();
    private int busy;
    private boolean retired;

    DeployedFunction(FunctionRunner runner, Machinery machinery, Consumer<Event> afterFailure) {
        this.runner = runner;
        this.machinery = machinery;
        this.afterFailure = afterFailure;
    }

    FunctionRunner runner() {
        return runner;
    }

    /** Runs it now, or refuses it when the limit is reached. Empty when this function is retired. */
    Optional<CompletableFuture<Outcome>> call(Invocation invocation) {
        synchronized (this) {
            if (retired) {
                return Optional.empty();
            }
            if (busy == machinery.settings().maxConcurrency()) {
                throw new LambdaApiException("TooManyRequestsException", 429, "Rate Exceeded.");
            }
            busy++;
        }
        return Optional.of(run(invocation));
    }

    /** Runs it as soon as the limit allows. False when this function is retired. */
    boolean enqueue(Event event) {
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
    List<Event> retire() {
        List<Event> left;
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

    private CompletableFuture<Outcome> run(Invocation invocation) {
        CompletableFuture<Outcome> done = invocation.outcome().whenComplete((outcome, failure) -> leave());
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
            machinery.executor().execute(this::runWaiting);
        }
        if (last) {
            machinery.executor().execute(runner::stop);
        }
    }

    private void runWaiting() {
        for (Optional<Event> next = nextEvent(); next.isPresent(); next = nextEvent()) {
            Event event = next.get();
            run(event.invocation()).whenComplete((outcome, refusal) -> {
                if (refusal != null || outcome.failed()) {
                    afterFailure.accept(event);
                }
            });
        }
    }

    private synchronized Optional<Event> nextEvent() {
        if (waiting.isEmpty() || busy == machinery.settings().maxConcurrency()) {
            return Optional.empty();
        }
        busy++;
        return Optional.of(waiting.removeFirst());
    }
}
