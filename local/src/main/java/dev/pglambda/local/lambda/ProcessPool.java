package dev.pglambda.local.lambda;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The environments of one function: reuses the one that was used last, starts one when all are busy, ends those that
 * idle or whose code has been rebuilt. Thread-safe. How many calls there are at a time is the caller's to limit.
 *
 * <p>On Lambda every start has processors of its own. Here they share this machine's, and eight at once would take longer
 * than callers wait: so only as many start at a time as there are processors, and a call that finds no place among them
 * takes the first environment that is free.
 */
final class ProcessPool implements FunctionRunner {

    private static final int STARTS_AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final ZipFunction function;
    private final Machinery machinery;
    private final DeployedCode deployed;
    private final ScheduledFuture<?> sweep;

    /** Last in is first out; guarded by this, as are the others. */
    private final Deque<IdleEnvironment> idle = new ArrayDeque<>();

    private final Set<FunctionEnvironment> alive = new HashSet<>();
    private final Deque<Invocation> waiting = new ArrayDeque<>();
    private int starting;
    private boolean retired;
    private boolean stopped;

    ProcessPool(ZipFunction function, Machinery machinery, Path directory) {
        this.function = function;
        this.machinery = machinery;
        String name = function.definition().name();
        this.deployed = new DeployedCode(
                function, directory, line -> machinery.settings().logSink().line(name, line));
        long period = Math.max(10, machinery.settings().idleTimeout().toMillis() / 4);
        this.sweep = machinery.timer().scheduleWithFixedDelay(this::endIdle, period, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public FunctionDefinition definition() {
        return function.definition();
    }

    @Override
    public Optional<Path> zip() {
        return Optional.of(function.zip());
    }

    @Override
    public void run(Invocation invocation) {
        if (deployed.isFresh()) {
            dispatch(invocation);
        } else {
            machinery.executor().execute(() -> {
                deployed.refresh();
                endOutdated();
                dispatch(invocation);
            });
        }
    }

    /** Whoever came first is served first: an invocation that waits is not overtaken by one that comes now. */
    private void dispatch(Invocation invocation) {
        synchronized (this) {
            waiting.addLast(invocation);
        }
        dispatchWaiting();
    }

    private void dispatchWaiting() {
        UnpackedCode code = deployed.acquire();
        Placed placed = placeFirst(code);
        while (placed != null
                && placed.environment() != null
                && !placed.environment().assign(placed.invocation())) {
            putBack(placed.invocation());
            placed = placeFirst(code);
        }
        if (placed == null || placed.environment() != null) {
            code.release();
        } else {
            start(Optional.of(placed.invocation()), placed.invocation().version(), code);
        }
    }

    /** Calls of the latest version that come before the environment is up wait for it. */
    @Override
    public void prestart() {
        synchronized (this) {
            starting++;
        }
        start(Optional.empty(), FunctionArn.LATEST, deployed.acquire());
    }

    private void start(Optional<Invocation> first, String version, UnpackedCode code) {
        machinery.executor().execute(() -> startEnvironment(first, version, code));
    }

    /** In one step, so that no environment becomes free between looking for one and waiting for one. */
    private synchronized Placed placeFirst(UnpackedCode code) {
        Invocation first = waiting.peekFirst();
        if (first == null) {
            return null;
        }
        FunctionEnvironment environment = takeIdle(code, first.version());
        if (environment == null && starting >= STARTS_AT_ONCE) {
            return null;
        }
        if (environment == null) {
            starting++;
        }
        return new Placed(waiting.removeFirst(), environment);
    }

    private synchronized void putBack(Invocation invocation) {
        waiting.addFirst(invocation);
    }

    /** An environment is ready for its first call, or will never be. */
    void startEnded() {
        synchronized (this) {
            starting--;
        }
        dispatchWaiting();
    }

    private synchronized FunctionEnvironment takeIdle(UnpackedCode code, String version) {
        for (Iterator<IdleEnvironment> newest = idle.descendingIterator(); newest.hasNext(); ) {
            FunctionEnvironment environment = newest.next().environment();
            if (environment.fits(code, version)) {
                newest.remove();
                return environment;
            }
        }
        return null;
    }

    private void startEnvironment(Optional<Invocation> first, String version, UnpackedCode code) {
        FunctionEnvironment environment =
                new FunctionEnvironment(this, machinery, function.definition(), version, code);
        try {
            join(environment);
            environment.start(function, first);
            if (first.isEmpty()) {
                idle(environment);
            }
        } catch (IOException e) {
            gone(environment);
            startEnded();
            LambdaApiException refusal = new LambdaApiException(
                    "ServiceException", 500, "The process of the function cannot be started: " + e);
            first.ifPresent(invocation -> invocation.outcome().completeExceptionally(refusal));
        } finally {
            code.release();
        }
    }

    private synchronized void join(FunctionEnvironment environment) throws IOException {
        if (stopped) {
            throw new IOException("the function is being stopped");
        }
        alive.add(environment);
    }

    synchronized boolean isStopped() {
        return stopped;
    }

    /** The environment has done its call. */
    void idle(FunctionEnvironment environment) {
        if (!keep(environment)) {
            environment.kill();
        }
        dispatchWaiting();
    }

    private synchronized boolean keep(FunctionEnvironment environment) {
        boolean kept = !retired && deployed.isCurrent(environment.code());
        if (kept) {
            idle.addLast(new IdleEnvironment(environment, System.nanoTime()));
        }
        return kept;
    }

    /** The environment's process has ended. */
    synchronized void gone(FunctionEnvironment environment) {
        alive.remove(environment);
        idle.removeIf(entry -> entry.environment() == environment);
    }

    private void endIdle() {
        Duration timeout = machinery.settings().idleTimeout();
        endIf(entry -> System.nanoTime() - entry.since() > timeout.toNanos());
    }

    private void endOutdated() {
        endIf(entry -> !deployed.isCurrent(entry.environment().code()));
    }

    private void endIf(Predicate<IdleEnvironment> condition) {
        List<IdleEnvironment> over = new ArrayList<>();
        synchronized (this) {
            idle.removeIf(entry -> condition.test(entry) && over.add(entry));
        }
        over.forEach(entry -> entry.environment().kill());
    }

    @Override
    public void retire() {
        synchronized (this) {
            retired = true;
        }
        sweep.cancel(false);
        endIf(entry -> true);
    }

    @Override
    public void stop() {
        retire();
        List<FunctionEnvironment> last;
        List<Invocation> never;
        synchronized (this) {
            if (stopped) {
                return;
            }
            stopped = true;
            last = List.copyOf(alive);
            never = List.copyOf(waiting);
            waiting.clear();
        }
        never.forEach(invocation -> invocation
                .outcome()
                .completeExceptionally(
                        new LambdaApiException("ServiceException", 500, "The function is being stopped")));
        last.forEach(FunctionEnvironment::kill);
        last.forEach(FunctionEnvironment::awaitEnd);
        deployed.close();
    }

    /** An invocation and the idle environment that takes it; null when one is to be started for it. */
    private record Placed(Invocation invocation, FunctionEnvironment environment) {}

    private record IdleEnvironment(FunctionEnvironment environment, long since) {}
}
