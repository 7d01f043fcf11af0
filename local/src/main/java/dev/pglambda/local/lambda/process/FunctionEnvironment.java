package dev.pglambda.local.lambda.process;

import dev.pglambda.local.lambda.code.UnpackedCode;
import dev.pglambda.local.lambda.log.InvocationLog;
import dev.pglambda.local.lambda.runtime.FunctionCommand;
import dev.pglambda.local.lambda.runtime.Invocation;
import dev.pglambda.local.lambda.runtime.InvocationResult;
import dev.pglambda.local.lambda.runtime.RuntimeApi;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;

/**
 * One execution environment: a process that runs at most one invocation at a time. Thread-safe.
 *
 * <p>An invocation is first <em>assigned</em> and then, when the process asks for work, <em>running</em>. A process
 * that dies in between has not seen the invocation, so another environment gets it. After an error the invocation runs
 * until the process asks for work again or ends, because only then its stack trace is in the log.
 *
 * <p>A start may take 10 seconds, as on Lambda, and then the function's own time-out more: Lambda begins a longer start
 * again on the time of the first invocation; here it continues.
 *
 * <p>Over 200 lines, because the states are easier to check in one place.
 */
final class FunctionEnvironment implements RuntimeApi.Listener {

    private static final Duration START_LIMIT = Duration.ofSeconds(10);
    /** A process polls some microseconds after its reply; one that takes this long hangs. */
    private static final Duration POLL_LIMIT = Duration.ofSeconds(10);

    private static final int LARGE_EVENT = 65_536;

    private final ProcessPool pool;
    private final RunnerResources resources;
    private final FunctionCommand command;
    private final String version;
    private final Duration timeout;

    private volatile CompletableFuture<Void> end = CompletableFuture.completedFuture(null);
    private volatile EnvironmentProcess running;

    // What follows is guarded by this.
    private ScheduledFuture<?> limit;
    private Invocation assigned;
    private Invocation current;
    private RuntimeApi.Poll poll;
    private Optional<byte[]> startError = Optional.empty();
    private Optional<byte[]> reportedError = Optional.empty();
    private boolean ready;
    private boolean ended;

    FunctionEnvironment(ProcessPool pool, RunnerResources resources, FunctionCommand command, String version) {
        this.pool = pool;
        this.resources = resources;
        this.command = command;
        this.version = version;
        this.timeout = command.function().description().timeout();
    }

    boolean fits(UnpackedCode wantedCode, String wantedVersion) {
        return command.code() == wantedCode && version.equals(wantedVersion);
    }

    UnpackedCode code() {
        return command.code();
    }

    /** Starts the process: for this invocation, or ahead of the first one. */
    synchronized void start(Optional<Invocation> first) throws IOException {
        if (ended) {
            throw new IOException("the platform is stopping");
        }
        running = EnvironmentProcess.start(resources, command, version, this);
        assigned = first.orElse(null);
        limit = resources.after(START_LIMIT.plus(timeout), () -> startTimedOut(first.isPresent()));
        end = running.exit().thenAcceptAsync(this::exited, resources.executor());
    }

    /** False when the environment has ended, so that the invocation needs another. */
    boolean assign(Invocation invocation) {
        RuntimeApi.Poll waiting;
        synchronized (this) {
            if (ended) {
                return false;
            }
            if (poll == null) {
                assigned = invocation;
                if (ready) { // before, the limit of the start counts
                    limit = resources.after(POLL_LIMIT, () -> killIfStuck(invocation));
                }
                return true;
            }
            waiting = poll;
            begin(invocation);
        }
        if (invocation.payload().length > LARGE_EVENT) {
            resources.executor().execute(() -> hand(waiting, invocation));
        } else {
            hand(waiting, invocation);
        }
        return true;
    }

    @Override
    public void next(RuntimeApi.Poll newPoll) {
        Invocation invocation;
        synchronized (this) {
            becomeReady();
            invocation = assigned;
            if (invocation != null) {
                assigned = null;
                begin(invocation);
            } else {
                poll = newPoll;
            }
        }
        if (invocation != null) {
            hand(newPoll, invocation);
        } else {
            settleReported(true);
        }
    }

    private void becomeReady() {
        if (!ready) {
            ready = true;
            limit.cancel(false);
            running.log().initialized();
            // Not here, under this lock: the pool may hand work to other environments.
            resources.executor().execute(pool::startEnded);
        }
    }

    private void begin(Invocation invocation) {
        poll = null;
        current = invocation;
        running.log().start(invocation.id(), invocation.version());
        limit.cancel(false);
        limit = resources.after(timeout, () -> timedOut(invocation));
    }

    private void hand(RuntimeApi.Poll waiting, Invocation invocation) {
        try {
            waiting.answer(invocation, timeout);
        } catch (IOException e) {
            // The process has ended meanwhile; its exit settles the invocation.
        }
    }

    @Override
    public void replied(String id, Optional<byte[]> reply) {
        Invocation invocation = takeCurrent(id);
        if (invocation != null) {
            InvocationLog log = running.log();
            InvocationResult result = reply.isPresent()
                    ? InvocationResult.success(reply.get(), log.end(id, Optional.empty()))
                    : FailedRun.replyTooLarge().log(log, invocation);
            // First the environment becomes free: the caller may call again at once.
            pool.idle(this);
            invocation.result().complete(result);
        }
    }

    @Override
    public synchronized void failed(String id, Optional<byte[]> error) {
        if (current != null && current.id().equals(id)) {
            limit.cancel(false);
            Invocation invocation = current;
            limit = resources.after(POLL_LIMIT, () -> killIfStuck(invocation));
            reportedError = Optional.of(error.orElseGet(FailedRun.replyTooLarge()::payload));
        }
    }

    @Override
    public synchronized void initFailed(Optional<byte[]> error) {
        startError = Optional.of(error.orElseGet(FailedRun.replyTooLarge()::payload)); // the process ends next
    }

    /** Null when the invocation has timed out meanwhile. */
    private synchronized Invocation takeCurrent(String id) {
        if (current == null || !current.id().equals(id) || reportedError.isPresent()) {
            return null;
        }
        limit.cancel(false);
        Invocation invocation = current;
        current = null;
        return invocation;
    }

    private void settleReported(boolean stillRuns) {
        Invocation invocation;
        byte[] error;
        synchronized (this) {
            if (reportedError.isEmpty()) {
                return;
            }
            limit.cancel(false);
            invocation = current;
            error = reportedError.get();
            current = null;
            reportedError = Optional.empty();
        }
        String tail = running.log().end(invocation.id(), Optional.empty());
        if (stillRuns) {
            pool.idle(this);
        }
        invocation.result().complete(InvocationResult.failure(error, tail));
    }

    private void timedOut(Invocation invocation) {
        if (takeCurrent(invocation.id()) != null) {
            kill();
            settle(invocation, FailedRun.timedOut(invocation, timeout));
        }
    }

    /** An invocation that came during the start has waited for less than the limit: it gets another environment. */
    private void startTimedOut(boolean startedForInvocation) {
        Invocation invocation;
        synchronized (this) {
            if (ready || ended) {
                return;
            }
            ended = true;
            invocation = assigned;
            assigned = null;
        }
        kill();
        if (invocation != null && startedForInvocation) {
            settle(invocation, FailedRun.timedOut(invocation, timeout));
        } else if (invocation != null) {
            pool.run(invocation);
        }
    }

    private void killIfStuck(Invocation invocation) {
        synchronized (this) {
            if (assigned != invocation && (current != invocation || reportedError.isEmpty())) {
                return;
            }
        }
        kill();
    }

    /** Kills the process; the rest follows when it has ended. */
    void kill() {
        synchronized (this) {
            ended = true;
            if (running == null) {
                return; // and will not be started
            }
        }
        running.kill();
    }

    /** Returns when the process has ended and its last call is settled. */
    void awaitEnd() {
        end.join();
    }

    private void exited(String how) {
        pool.gone(this);
        settleReported(false);
        Invocation interrupted;
        Invocation unseen;
        boolean neverReady;
        synchronized (this) {
            neverReady = !ready;
            ended = true;
            limit.cancel(false);
            interrupted = current;
            unseen = assigned;
            current = null;
            assigned = null;
        }
        if (interrupted != null) {
            settle(interrupted, FailedRun.exited(interrupted, how));
        } else if (unseen != null && !neverReady) {
            pool.run(unseen);
        } else if (unseen != null) {
            FailedRun exit = FailedRun.exited(unseen, how);
            settle(unseen, startError.map(exit::withPayload).orElse(exit));
        }
        if (neverReady) {
            pool.startEnded();
        }
        running.close();
    }

    /** The end of an invocation that ends its environment too. */
    private void settle(Invocation invocation, FailedRun failure) {
        invocation.result().complete(failure.log(running.log(), invocation));
    }
}
