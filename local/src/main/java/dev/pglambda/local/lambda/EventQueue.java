package dev.pglambda.local.lambda;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Invocations of type Event: each goes to the function that has its name at that time, and again after a failure. They are
 * in memory only; what has not run when the platform ends is lost.
 */
final class EventQueue {

    private final Map<String, DeployedFunction> functions;
    private final LambdaSettings settings;
    private final ScheduledExecutorService timer;

    EventQueue(Map<String, DeployedFunction> functions, LambdaSettings settings, ScheduledExecutorService timer) {
        this.functions = functions;
        this.settings = settings;
        this.timer = timer;
    }

    void accept(QueuedEvent event) {
        DeployedFunction function = functions.get(event.function());
        while (function != null && !function.enqueue(event)) {
            function = functions.get(event.function()); // replaced at this moment
        }
        if (function == null) {
            log(event, "dropped, because its function has been removed");
        }
    }

    void retry(QueuedEvent event) {
        List<Duration> delays = settings.eventRetryDelays();
        if (event.tries() > delays.size()) {
            log(event, "given up after " + event.tries() + " tries");
            return;
        }
        long delay = delays.get(event.tries() - 1).toMillis();
        timer.schedule(() -> accept(event.again()), delay, TimeUnit.MILLISECONDS);
    }

    private void log(QueuedEvent event, String what) {
        settings.logSink().line(event.function(), "Event " + event.invocation().id() + " " + what);
    }
}
