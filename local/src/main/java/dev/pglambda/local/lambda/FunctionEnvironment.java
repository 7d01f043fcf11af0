package dev.pglambda.local.lambda;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * One execution environment: a process that runs at most one invocation at a time. Thread-safe.
 *
 * <p>An invocation is first <em>assigned</em> and then, when the process asks for work, <em>running</em>. A process that
 * dies in between has not seen the invocation, so another environment gets it. After an error the invocation runs until
 * the process asks for work again or ends, because only then its stack trace is in the log.
 *
 * <p>The start may take 10 seconds, as on Lambda. There, a longer one is begun again on the time of the first
 * invocation; here, it goes on on that time.
 *
 * <p>Over 200 lines, because the states are easier to check in one place.
 */
final class FunctionEnvironment implements RuntimeApi.Environment {

    private static final Duration INIT_LIMIT = Duration.ofSeconds(10);
    /** Between a reply and the next poll are microseconds; a process that takes so long is stuck. */
    private static final Duration POLL_LIMIT = Duration.ofSeconds(10);

    private static final int LARGE_EVENT = 65_536;

    private final ProcessPool pool;
    private final Machinery machinery;
    private final FunctionDefinition definition;
    private final String version;
    private final UnpackedCode code;

    private volatile CompletableFuture<Void> end = CompletableFuture.completedFuture(null);
    private volatile Sandbox sandbox;

    // What follows is guarded by this.
    private ScheduledFuture<?> limit;
    private Invocation assigned;
    private Invocation running;
    private RuntimeApi.Poll poll;
    private Optional<byte[]> initError = Optional.empty();
    private Optional<byte[]> reportedError = Optional.empty();
    private boolean initialized;
    private boolean ended;

    FunctionEnvironment(
            ProcessPool pool, Machinery machinery, FunctionDefinition definition, String version, UnpackedCode code) {
        this.pool = pool;
        this.machinery = machinery;
        this.definition = definition;
        this.version = version;
        this.code = code;
    }

    boolean fits(UnpackedCode wantedCode, String wantedVersion) {
        return code == wantedCode && version.equals(wantedVersion);
    }

    UnpackedCode code() {
        return code;
    }

    /** Starts the process, for this invocation if there is one yet. */
    synchronized void start(ZipFunction function, Optional<Invocation> first) throws IOException {
        if (ended) {
            throw new IOException("the platform is stopping");
        }
        sandbox = Sandbox.start(machinery, function, version, code, this);
        assigned = first.orElse(null);
        limit = after(INIT_LIMIT.plus(definition.timeout()), this::initTimedOut);
        end = sandbox.process().exit().thenAcceptAsync(this::exited, machinery.executor());
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
                if (initialized) { // else the limit of the start is running
                    limit = after(POLL_LIMIT, () -> killIfStuck(invocation));
                }
                return true;
            }
            waiting = begin(invocation, poll);
        }
        if (invocation.payload().length > LARGE_EVENT) {
            machinery.executor().execute(() -> hand(waiting, invocation));
        } else {
            hand(waiting, invocation);
        }
        return true;
    }

    @Override
    public void next(RuntimeApi.Poll newPoll) {
        Invocation toDo;
        synchronized (this) {
            initialize();
            toDo = assigned;
            if (toDo != null) {
                limit.cancel(false);
                assigned = null;
                begin(toDo, newPoll);
            } else {
                poll = newPoll;
            }
        }
        if (toDo != null) {
            hand(newPoll, toDo);
        } else {
            settleReported(true);
        }
    }

    private void initialize() {
        if (!initialized) {
            initialized = true;
            sandbox.accounting().initialized();
            // Not here, under this lock: it may hand work to other environments.
            machinery.executor().execute(pool::startEnded);
        }
    }

    private RuntimeApi.Poll begin(Invocation invocation, RuntimeApi.Poll waiting) {
        poll = null;
        running = invocation;
        sandbox.accounting().begin(invocation);
        limit = after(definition.timeout(), () -> timedOut(invocation));
        return waiting;
    }

    private void hand(RuntimeApi.Poll waiting, Invocation invocation) {
        try {
            waiting.answer(invocation, definition.timeout());
        } catch (IOException e) {
            // The process went away while it was told; its exit settles the invocation.
        }
    }

    @Override
    public void replied(String id, Optional<byte[]> reply) {
        Invocation invocation = take(id);
        if (invocation != null) {
            Accounting accounting = sandbox.accounting();
            release(
                    invocation,
                    reply.map(payload -> accounting.succeeded(invocation, payload))
                            .orElseGet(() -> accounting.failed(invocation, Failure.replyTooLarge())));
        }
    }

    @Override
    public synchronized void failed(String id, byte[] error) {
        if (running != null && running.id().equals(id)) {
            limit.cancel(false);
            Invocation invocation = running;
            limit = after(POLL_LIMIT, () -> killIfStuck(invocation));
            reportedError = Optional.of(error);
        }
    }

    @Override
    public synchronized void initFailed(byte[] error) {
        initError = Optional.of(error); // the process ends next
    }

    /** Null when it has timed out meanwhile. */
    private synchronized Invocation take(String id) {
        if (running == null || !running.id().equals(id) || reportedError.isPresent()) {
            return null;
        }
        limit.cancel(false);
        Invocation invocation = running;
        running = null;
        return invocation;
    }

    /** The environment is free again before the caller knows, who may call again at once. */
    private void release(Invocation invocation, Outcome outcome) {
        pool.idle(this);
        invocation.outcome().complete(outcome);
    }

    private void settleReported(boolean goesOn) {
        Invocation invocation;
        byte[] error;
        synchronized (this) {
            if (reportedError.isEmpty()) {
                return;
            }
            limit.cancel(false);
            invocation = running;
            error = reportedError.get();
            running = null;
            reportedError = Optional.empty();
        }
        Outcome outcome = sandbox.accounting().reported(invocation, error);
        if (goesOn) {
            pool.idle(this);
        }
        invocation.outcome().complete(outcome);
    }

    private void timedOut(Invocation invocation) {
        if (take(invocation.id()) != null) {
            kill();
            settle(invocation, Failure.timedOut(invocation, definition));
        }
    }

    private void initTimedOut() {
        Invocation invocation;
        synchronized (this) {
            if (initialized || assigned == null) {
                return;
            }
            invocation = assigned;
            assigned = null;
        }
        kill();
        settle(invocation, Failure.timedOut(invocation, definition));
    }

    private void killIfStuck(Invocation invocation) {
        synchronized (this) {
            if (assigned != invocation && (running != invocation || reportedError.isEmpty())) {
                return;
            }
        }
        kill();
    }

    /** Ends the process; the rest follows when it is gone. */
    void kill() {
        synchronized (this) {
            ended = true;
            if (sandbox == null) {
                return; // and will not be started
            }
        }
        sandbox.process().kill();
    }

    /** Until the process is gone and its last call is settled. */
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
            neverReady = !initialized;
            ended = true;
            limit.cancel(false);
            interrupted = running;
            unseen = assigned;
            running = null;
            assigned = null;
        }
        if (interrupted != null) {
            settle(interrupted, Failure.exited(interrupted, how));
        } else if (unseen != null && !neverReady && !pool.isStopped()) {
            pool.run(unseen);
        } else if (unseen != null) {
            settle(unseen, initFailure(unseen, how));
        }
        if (neverReady) {
            pool.startEnded();
        }
        sandbox.close();
    }

    private Failure initFailure(Invocation invocation, String how) {
        Failure exit = Failure.exited(invocation, how);
        return initError
                .map(error -> new Failure(error, exit.logLine(), exit.status()))
                .orElse(exit);
    }

    /** The end of an invocation that takes its environment with it. */
    private void settle(Invocation invocation, Failure failure) {
        invocation.outcome().complete(sandbox.accounting().failed(invocation, failure));
    }

    private ScheduledFuture<?> after(Duration delay, Runnable action) {
        return machinery
                .timer()
                .schedule(() -> machinery.executor().execute(action), delay.toMillis(), TimeUnit.MILLISECONDS);
    }
}
