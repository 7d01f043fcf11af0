package dev.pglambda.local.lambda;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Invocations that nobody waits for: each goes to the function that has its name at the time, and again when it failed.
 * They are kept in memory only; what has not run when the platform ends is lost.
 */
final class Events {

    private final Map<String, DeployedFunction> functions;
    private final Machinery machinery;

    Events(Map<String, DeployedFunction> functions, Machinery machinery) {
        this.functions = functions;
        this.machinery = machinery;
    }

    void accept(Event event) {
        DeployedFunction function = functions.get(name(event));
        while (function != null && !function.enqueue(event)) {
            function = functions.get(name(event)); // replaced at this moment
        }
        if (function == null) {
            log(event, "dropped, because the function is not there any more");
        }
    }

    void retry(Event event) {
        List<Duration> delays = machinery.settings().eventRetryDelays();
        if (event.tries() > delays.size()) {
            log(event, "given up after " + event.tries() + " tries");
            return;
        }
        long delay = delays.get(event.tries() - 1).toMillis();
        machinery.timer().schedule(() -> accept(event.again()), delay, TimeUnit.MILLISECONDS);
    }

    private static String name(Event event) {
        return event.invocation().arn().name();
    }

    private void log(Event event, String what) {
        machinery
                .settings()
                .logSink()
                .line(name(event), "Event " + event.invocation().id() + " " + what);
    }
}
