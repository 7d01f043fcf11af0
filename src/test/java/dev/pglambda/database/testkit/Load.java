package dev.pglambda.database.testkit;

import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;

/** Threads that repeat a call, and the outcomes of the calls. */
public final class Load implements AutoCloseable {

    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final AtomicInteger calls = new AtomicInteger();
    private final ExecutorService threads;
    private volatile boolean stopped;

    public Load(int threads, Runnable call) {
        this.threads = Executors.newFixedThreadPool(threads);
        for (int i = 0; i < threads; i++) {
            this.threads.execute(() -> repeat(call));
        }
    }

    private void repeat(Runnable call) {
        while (!stopped) {
            try {
                call.run();
            } catch (RuntimeException e) {
                failures.add(e);
            }
            calls.incrementAndGet();
        }
    }

    /** Waits until so many more calls have ended. */
    public void await(int more) {
        int before = calls.get();
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> calls.get() >= before + more);
    }

    public int calls() {
        return calls.get();
    }

    public List<Throwable> failures() {
        return List.copyOf(failures);
    }

    /** Waits until the running calls have ended. */
    public void stop() {
        stopped = true;
        threads.shutdown();
        try {
            threads.awaitTermination(60, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        stop();
    }
}
