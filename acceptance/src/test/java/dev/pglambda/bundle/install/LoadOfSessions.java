package dev.pglambda.bundle.install;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.Sql;
import dev.pglambda.bundle.kit.SqlError;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;

/** Sessions of an application that call and enqueue one after the other, and how long the slowest statement took. */
final class LoadOfSessions implements AutoCloseable {

    private static final List<String> STATEMENTS = List.of(
            "select process_data('1')::text",
            "select process_data_async('2')::text",
            "select transform_data('3')::text",
            "select result::text from process_data_batch('{4}')");

    private final ExecutorService threads;
    private final List<Future<?>> sessions = new ArrayList<>();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final AtomicLong longest = new AtomicLong();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile boolean stopped;

    LoadOfSessions(BundleServer database, int count) {
        threads = Executors.newFixedThreadPool(count);
        for (int i = 0; i < count; i++) {
            sessions.add(threads.submit(() -> run(database)));
        }
    }

    private void run(BundleServer database) {
        try (Sql session = database.as("app")) {
            for (int i = 0; !stopped; i++) {
                long start = System.nanoTime();
                try {
                    session.value(STATEMENTS.get(i % STATEMENTS.size()));
                } catch (SqlError e) {
                    failures.add(e.getMessage());
                }
                longest.accumulateAndGet(System.nanoTime() - start, Math::max);
                calls.incrementAndGet();
            }
        }
    }

    /** Returns after so many more statements. */
    void awaitCalls(int more) {
        int before = calls.get();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> calls.get() >= before + more);
    }

    void stop() throws Exception {
        stopped = true;
        for (Future<?> session : sessions) {
            session.get(1, TimeUnit.MINUTES);
        }
    }

    /** The messages of the statements that failed. */
    List<String> failures() {
        return List.copyOf(failures);
    }

    /** How long the slowest statement took. */
    Duration longest() {
        return Duration.ofNanos(longest.get());
    }

    @Override
    public void close() {
        stopped = true;
        threads.shutdownNow();
    }
}
