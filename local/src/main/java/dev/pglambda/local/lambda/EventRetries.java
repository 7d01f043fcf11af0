package dev.pglambda.local.lambda;

import dev.pglambda.local.lambda.api.LambdaApiException;
import dev.pglambda.local.lambda.runtime.Invocation;
import dev.pglambda.local.lambda.runtime.InvocationResult;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Runs invocations of type Event, whose callers do not wait: again after a failure, as often as Lambda does, and as
 * often as necessary while the function is at its limit of concurrent calls. Each try calls the function that has the
 * name at that time. Events are in memory only; those that have not run when the platform ends are lost.
 */
final class EventRetries {

    private static final Duration THROTTLED = Duration.ofMillis(100);

    private final Function<Invocation, CompletableFuture<InvocationResult>> call;
    private final LambdaSettings settings;
    private final ScheduledExecutorService timer;

    EventRetries(
            Function<Invocation, CompletableFuture<InvocationResult>> call,
            LambdaSettings settings,
            ScheduledExecutorService timer) {
        this.call = call;
        this.settings = settings;
        this.timer = timer;
    }

    void run(Invocation event) {
        run(event, 1);
    }

    private void run(Invocation event, int number) {
        try {
            call.apply(event).whenComplete((result, refusal) -> {
                if (refusal != null || result.failed()) {
                    retry(event, number);
                }
            });
        } catch (LambdaApiException e) {
            if (e.statusCode() == 429) {
                later(THROTTLED, event, number);
            } else {
                log(event, "dropped: " + e.getMessage());
            }
        }
    }

    private void retry(Invocation event, int number) {
        List<Duration> delays = settings.eventRetryDelays();
        if (number > delays.size()) {
            log(event, "given up after " + number + " tries");
        } else {
            later(delays.get(number - 1), event.again(), number + 1);
        }
    }

    private void later(Duration delay, Invocation event, int number) {
        timer.schedule(() -> run(event, number), delay.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void log(Invocation event, String what) {
        settings.logSink().line(event.arn().name(), "Event " + event.id() + " " + what);
    }
}
