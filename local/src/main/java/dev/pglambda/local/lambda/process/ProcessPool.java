package dev.pglambda.local.lambda.process;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.api.LambdaApiException;
import dev.pglambda.local.lambda.code.DeployedCode;
import dev.pglambda.local.lambda.code.UnpackedCode;
import dev.pglambda.local.lambda.code.ZipFunction;
import dev.pglambda.local.lambda.runtime.FunctionCommand;
import dev.pglambda.local.lambda.runtime.Invocation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * The environments of one function: reuses the one that was used last, starts one when all are busy, ends those that
 * are idle for long or whose code has been rebuilt. Thread-safe. The caller limits how many calls there are at a time.
 *
 * <p>On Lambda every start has processors of its own. Here they share this machine's, and eight at once would take
 * longer than callers wait: so only as many start at a time as there are processors, and a call that finds no place
 * among them takes the first environment that is free.
 *
 * <p>Over 200 lines, because the state that the lock guards is easier to check in one place.
 */
public final class ProcessPool implements FunctionRunner {

    private static final int STARTS_AT_ONCE = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final ZipFunction function;
    private final RunnerResources resources;
    private final DeployedCode deployed;
    private final ScheduledFuture<?> sweep;

    // What follows is guarded by this.
    private final IdleEnvironments idle = new IdleEnvironments();
    private final Set<FunctionEnvironment> alive = new HashSet<>();
    private final Deque<Invocation> waiting = new ArrayDeque<>();
    private int starting;
    private boolean retired;
    private boolean stopped;

    /**
     * Unpacks the zip into new directories whose names begin with this path; starts no process.
     *
     * @throws IllegalArgumentException if the zip cannot be unpacked, with what to do
     */
    public ProcessPool(ZipFunction function, RunnerResources resources, Path directory) {
        this.function = function;
        this.resources = resources;
        String name = function.name();
        this.deployed = new DeployedCode(
                function, directory, line -> resources.logSink().line(name, line));
        long period = Math.max(10, resources.idleTimeout().toMillis() / 4);
        this.sweep = resources.timer().scheduleWithFixedDelay(this::endIdle, period, period, TimeUnit.MILLISECONDS);
    }

    @Override
    public FunctionDescription description() {
        return function.description();
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
            resources.executor().execute(() -> {
                deployed.refresh();
                endOutdated();
                dispatch(invocation);
            });
        }
    }

    /** First in, first out: a new invocation does not overtake one that waits. */
    private void dispatch(Invocation invocation) {
        if (queue(invocation)) {
            dispatchWaiting();
        } else {
            refuse(invocation);
        }
    }

    private synchronized boolean queue(Invocation invocation) {
        return !stopped && waiting.add(invocation);
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

    /** Calls of the version that come before the environment is ready wait for it. */
    @Override
    public void prestart(String version) {
        deployed.refresh();
        endOutdated();
        synchronized (this) {
            starting++;
        }
        start(Optional.empty(), version, deployed.acquire());
    }

    @Override
    public void renew(String version) {
        if (!deployed.isFresh()) {
            prestart(version);
        }
    }

    private void start(Optional<Invocation> first, String version, UnpackedCode code) {
        resources.executor().execute(() -> startEnvironment(first, version, code));
    }

    /** In one step, so that no environment becomes free between looking for one and waiting for one. */
    private synchronized Placed placeFirst(UnpackedCode code) {
        Invocation first = waiting.peekFirst();
        if (first == null) {
            return null;
        }
        FunctionEnvironment environment = idle.take(code, first.version());
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

    private void startEnvironment(Optional<Invocation> first, String version, UnpackedCode code) {
        FunctionCommand command = FunctionCommand.of(function, code, resources.jars());
        FunctionEnvironment environment = new FunctionEnvironment(this, resources, command, version);
        try {
            join(environment);
            environment.start(first);
            if (first.isEmpty()) {
                idle(environment);
            }
        } catch (IOException e) {
            gone(environment);
            startEnded();
            LambdaApiException refusal = new LambdaApiException(
                    "ServiceException", 500, "Function " + function.name() + " cannot be started: " + e);
            first.ifPresent(invocation -> invocation.result().completeExceptionally(refusal));
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

    /** The environment has finished its call. */
    void idle(FunctionEnvironment environment) {
        if (!keep(environment)) {
            environment.kill();
        }
        dispatchWaiting();
    }

    private synchronized boolean keep(FunctionEnvironment environment) {
        boolean kept = !retired && deployed.isCurrent(environment.code());
        if (kept) {
            idle.add(environment);
        }
        return kept;
    }

    /** The environment's process has ended. */
    synchronized void gone(FunctionEnvironment environment) {
        alive.remove(environment);
        idle.remove(environment);
    }

    private void endIdle() {
        List<FunctionEnvironment> over;
        synchronized (this) {
            over = idle.takeIdleFor(resources.idleTimeout());
        }
        over.forEach(FunctionEnvironment::kill);
    }

    private void endOutdated() {
        List<FunctionEnvironment> over;
        synchronized (this) {
            over = idle.takeWithout(deployed::isCurrent);
        }
        over.forEach(FunctionEnvironment::kill);
    }

    @Override
    public void retire() {
        List<FunctionEnvironment> over;
        synchronized (this) {
            retired = true;
            over = idle.takeAll();
        }
        sweep.cancel(false);
        over.forEach(FunctionEnvironment::kill);
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
        never.forEach(ProcessPool::refuse);
        last.forEach(FunctionEnvironment::kill);
        last.forEach(FunctionEnvironment::awaitEnd);
        deployed.close();
    }

    private static void refuse(Invocation invocation) {
        invocation
                .result()
                .completeExceptionally(
                        new LambdaApiException("ServiceException", 500, "The function is being stopped"));
    }

    /** An invocation and the idle environment that takes it; null if one is to be started for it. */
    private record Placed(Invocation invocation, FunctionEnvironment environment) {}
}
