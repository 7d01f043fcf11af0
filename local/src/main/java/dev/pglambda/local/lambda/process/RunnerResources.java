package dev.pglambda.local.lambda.process;

import dev.pglambda.local.lambda.log.LogSink;
import dev.pglambda.local.lambda.log.OutputPoller;
import dev.pglambda.local.lambda.runtime.RuntimeJars;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The resources that the runners of all functions share.
 *
 * @param idleTimeout after which an environment without calls ends
 */
public record RunnerResources(
        LogSink logSink,
        Duration idleTimeout,
        RuntimeJars jars,
        ExecutorService executor,
        ScheduledExecutorService timer,
        OutputPoller output) {

    /** Runs the action on a thread of the executor, unless it is cancelled before. */
    ScheduledFuture<?> after(Duration delay, Runnable action) {
        return timer.schedule(() -> executor.execute(action), delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
