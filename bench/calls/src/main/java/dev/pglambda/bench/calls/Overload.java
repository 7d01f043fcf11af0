package dev.pglambda.bench.calls;

import dev.pglambda.local.LocalPlatform;
import dev.pglambda.local.postgres.LocalPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * More sessions than the function has environments, 10, for a while: how many calls all of them make, how many fail, and how
 * much more one session gets than another. With back-off after Lambda's refusals, and with places given out by PostgreSQL.
 */
final class Overload {

    private static final int ENVIRONMENTS = 10;
    private static final int SESSIONS = 64;
    private static final Duration TIME = Duration.ofSeconds(30);

    private final LocalPlatform platform;

    Overload(LocalPlatform platform) {
        this.platform = platform;
    }

    void measure() throws Exception {
        limit(0);
        run(ENVIRONMENTS, Duration.ofSeconds(5));
        print(ENVIRONMENTS + " sessions for 10 environments", run(ENVIRONMENTS, TIME));
        print(SESSIONS + " sessions, refused calls made again", run(SESSIONS, TIME));
        limit(ENVIRONMENTS);
        print(SESSIONS + " sessions, max_concurrency " + ENVIRONMENTS, run(SESSIONS, TIME));
        limit(0);
    }

    private void limit(int calls) throws SQLException {
        try (Connection master = platform.postgres().connectAsMaster(LocalPostgres.DATABASE);
                Statement statement = master.createStatement()) {
            statement.execute("select pglambda.register('transform', max_concurrency => " + calls + ")");
        }
    }

    private List<Session> run(int count, Duration time) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            long end = System.nanoTime() + time.toNanos();
            List<Future<Session>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                running.add(threads.submit(() -> session(end)));
            }
            List<Session> sessions = new ArrayList<>();
            for (Future<Session> session : running) {
                sessions.add(session.get());
            }
            return sessions;
        } finally {
            threads.shutdown();
        }
    }

    private Session session(long end) throws SQLException {
        int calls = 0;
        int errors = 0;
        try (Connection app = platform.postgres().connectAsApp(LocalPostgres.DATABASE);
                var call = app.prepareStatement("select transform_data('{\"id\": 456, \"value\": \"hello world\"}')")) {
            while (System.nanoTime() < end) {
                try {
                    call.execute();
                    calls++;
                } catch (SQLException e) {
                    errors++;
                }
            }
        }
        return new Session(calls, errors);
    }

    private static void print(String what, List<Session> sessions) {
        int calls = sessions.stream().mapToInt(Session::calls).sum();
        int most = sessions.stream().mapToInt(Session::calls).max().orElseThrow();
        int fewest = sessions.stream().mapToInt(Session::calls).min().orElseThrow();
        int errors = sessions.stream().mapToInt(Session::errors).sum();
        System.out.printf(
                Locale.ROOT,
                "%-45s %10.0f calls/s, %d errors, %.1f x as many in one session as in another%n",
                what,
                (double) calls / TIME.toSeconds(),
                errors,
                (double) most / Math.max(fewest, 1));
    }

    /** What one session did. */
    private record Session(int calls, int errors) {}
}
