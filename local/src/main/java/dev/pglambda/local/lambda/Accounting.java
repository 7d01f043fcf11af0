package dev.pglambda.local.lambda;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** The log of one environment with the lines that Lambda adds, and the figures in them. One invocation at a time. */
final class Accounting {

    private final FunctionDefinition definition;
    private final InvocationLog log;
    private final IntSupplier memoryMb;
    private volatile long start = System.nanoTime();
    private volatile Optional<Duration> init = Optional.empty();
    private int usedMb;
    private long usedMbAt = start - TimeUnit.MINUTES.toNanos(1);

    Accounting(FunctionDefinition definition, InvocationLog log, IntSupplier memoryMb) {
        this.definition = definition;
        this.log = log;
        this.memoryMb = memoryMb;
    }

    /** The time until now was the environment's start. */
    void initialized() {
        init = Optional.of(sinceStart());
    }

    void begin(Invocation invocation) {
        start = System.nanoTime();
        log.start(Report.start(invocation));
    }

    Outcome succeeded(Invocation invocation, byte[] reply) {
        return new Outcome(reply, Optional.empty(), close(invocation, Optional.empty()));
    }

    /** The function, or its runtime, has reported an error by itself. */
    Outcome reported(Invocation invocation, byte[] error) {
        return new Outcome(error, Optional.of(Failure.UNHANDLED), close(invocation, Optional.empty()));
    }

    Outcome failed(Invocation invocation, Failure failure) {
        log.line(failure.logLine());
        return new Outcome(
                failure.payload(), Optional.of(Failure.UNHANDLED), close(invocation, Optional.of(failure.status())));
    }

    private String close(Invocation invocation, Optional<String> status) {
        String report = Report.report(invocation, definition, sinceStart(), usedMb(), init, status);
        init = Optional.empty();
        return log.end(Report.end(invocation), report);
    }

    private Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Asked for at most once in a second: it costs as much as a small function. */
    private int usedMb() {
        long now = System.nanoTime();
        if (now - usedMbAt > TimeUnit.SECONDS.toNanos(1)) {
            usedMb = Math.max(usedMb, memoryMb.getAsInt());
            usedMbAt = now;
        }
        return usedMb;
    }
}
