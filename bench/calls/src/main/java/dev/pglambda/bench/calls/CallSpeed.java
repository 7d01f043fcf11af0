package dev.pglambda.bench.calls;

import dev.pglambda.local.LocalPlatform;
import dev.pglambda.local.PlatformSettings;
import dev.pglambda.local.lambda.api.InvokeRequest;
import dev.pglambda.local.postgres.LocalPostgres;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Measures the local platform in one run: start, one session, eight sessions, the same calls without SQL, a large item, a
 * table, more sessions than environments.
 * Figures of one run may be compared with each other; those of two runs, on a shared machine, may not.
 */
public final class CallSpeed {

    private static final int CALLS = 10_000;
    private static final int ROWS = 100_000;
    private static final int SESSIONS = 8;
    private static final int ROUNDS = 3;

    private final LocalPlatform platform;

    private CallSpeed(LocalPlatform platform) {
        this.platform = platform;
    }

    /** Takes the folder of the handlers; prints the figures as a table. */
    public static void main(String[] arguments) throws Exception {
        Path handlers = Path.of(arguments.length > 0 ? arguments[0] : "handlers");
        List<Double> starts = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            LocalPlatform.start(PlatformSettings.quiet(handlers)).close();
            starts.add(seconds(start));
        }
        print("platform ready and closed again", median(starts), "s");
        try (LocalPlatform platform = LocalPlatform.start(PlatformSettings.quiet(handlers))) {
            new CallSpeed(platform).measure();
        }
    }

    private void measure() throws Exception {
        oneSession(2_000);
        manySessions(2_000);
        invocations(2_000);
        List<Double> one = new ArrayList<>();
        List<Double> many = new ArrayList<>();
        List<Double> direct = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            one.add(oneSession(CALLS));
            many.add(manySessions(CALLS));
            direct.add(invocations(CALLS));
        }
        print(CALLS + " x transform_data, one session", median(one), "s");
        print(CALLS + " x transform_data, " + SESSIONS + " sessions", median(many), "s");
        print(CALLS + " x Invoke without SQL, one thread", median(direct), "s");
        print(SESSIONS + " sessions against one", median(one) / median(many), "x the calls per second");
        print("5 MB there and back", largeItem(), "s");
        batches();
        new Overload(platform).measure();
    }

    /** A table through a function: row by row, and as a set. Both in one statement of one session. */
    private void batches() throws SQLException {
        String rows =
                "(select i, jsonb_build_object('id', i, 'value', 'hello ' || i) as item from generate_series(1, %d) i) r";
        String single = "select count(transform_data(item)) from " + rows;
        String batch =
                "select count(result) from transform_data_batch((select array_agg(item order by i) from " + rows + "))";
        statement(batch.formatted(ROWS / 10));
        List<Double> one = new ArrayList<>();
        List<Double> set = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            one.add(CALLS / statement(single.formatted(CALLS)));
            set.add(ROWS / statement(batch.formatted(ROWS)));
        }
        print(CALLS + " rows, transform_data", median(one), "rows/s");
        print(ROWS + " rows, transform_data_batch", median(set), "rows/s");
        print("the batch against row by row", median(set) / median(one), "x the rows per second");
    }

    private double statement(String sql) throws SQLException {
        try (Connection app = platform.postgres().connectAsApp(LocalPostgres.DATABASE);
                Statement statement = app.createStatement()) {
            long start = System.nanoTime();
            statement.execute(sql);
            return seconds(start);
        }
    }

    private double oneSession(int calls) throws SQLException {
        long start = System.nanoTime();
        session(calls);
        return seconds(start);
    }

    private double manySessions(int calls) throws Exception {
        ExecutorService sessions = Executors.newFixedThreadPool(SESSIONS);
        try {
            Callable<Void> session = () -> {
                session(calls / SESSIONS);
                return null;
            };
            long start = System.nanoTime();
            for (Future<Void> done : sessions.invokeAll(Collections.nCopies(SESSIONS, session))) {
                done.get();
            }
            return seconds(start);
        } finally {
            sessions.shutdown();
        }
    }

    private void session(int calls) throws SQLException {
        try (Connection app = platform.postgres().connectAsApp(LocalPostgres.DATABASE);
                var statement =
                        app.prepareStatement("select transform_data('{\"id\": 456, \"value\": \"hello world\"}')")) {
            for (int i = 0; i < calls; i++) {
                statement.execute();
            }
        }
    }

    private double invocations(int calls) {
        byte[] payload = "{\"data\":{\"id\":456,\"value\":\"hello world\"}}".getBytes(StandardCharsets.UTF_8);
        long start = System.nanoTime();
        for (int i = 0; i < calls; i++) {
            platform.lambda().invoke(InvokeRequest.of("transform", payload)).join();
        }
        return seconds(start);
    }

    private double largeItem() throws SQLException {
        return statement("select validate_data(jsonb_build_object('id', 1, 'value', repeat('a', 5000000)))");
    }

    private static void print(String what, double figure, String unit) {
        System.out.printf(Locale.ROOT, "%-45s %10.3f %s%n", what, figure, unit);
    }

    private static double median(List<Double> figures) {
        double[] sorted = figures.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static double seconds(long startNanos) {
        return (System.nanoTime() - startNanos) / 1e9;
    }
}
