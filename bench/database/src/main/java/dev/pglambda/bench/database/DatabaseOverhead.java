package dev.pglambda.bench.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.pglambda.database.Database;
import dev.pglambda.handler.Deadline;
import dev.pglambda.local.postgres.LocalPostgres;
import io.micronaut.context.ApplicationContext;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The cost of {@code Database.query} compared with plain JDBC on a HikariCP pool, from 1 and from 8 threads.
 *
 * <p>All variants take turns in short rounds, so that a busy machine slows all of them; the median round counts. The
 * server is on this machine: over a network, the differences are a smaller share.
 */
public final class DatabaseOverhead {

    private static final int ROUNDS = 21;
    private static final Duration ROUND = Duration.ofMillis(250);
    private static final String BY_KEY = "select name from item where id = ?";
    private static final String HUNDRED = "select id, name from item where id between ? and ? + 99";

    private static final String PASSWORD = "bench";
    private static final int POOL = 8;

    private final HikariDataSource bare;
    private final Database database;

    private DatabaseOverhead(HikariDataSource bare, Database database) {
        this.bare = bare;
        this.database = database;
    }

    private interface Call {
        void run() throws SQLException;
    }

    public static void main(String[] arguments) throws Exception {
        try (LocalPostgres server = LocalPostgres.start()) {
            try (Connection superuser = server.connectAsSuperuser(LocalPostgres.DATABASE);
                    Statement statement = superuser.createStatement()) {
                statement.execute("create table item(id int primary key, name text not null)");
                statement.execute("insert into item select i, 'item number ' || i from generate_series(1, 10000) i");
                statement.execute("create role bench login password '" + PASSWORD + "'");
                statement.execute("grant select on item to bench");
                statement.execute("analyze item");
            }
            measure(server);
        }
    }

    private static void measure(LocalPostgres server) throws Exception {
        Map<String, Object> settings = Map.of(
                "db.host",
                "127.0.0.1",
                "db.port",
                server.port(),
                "db.name",
                LocalPostgres.DATABASE,
                "db.user",
                "bench",
                "db.password",
                PASSWORD,
                "db.pool-max",
                POOL);
        try (HikariDataSource bare = new HikariDataSource(bare(server));
                ApplicationContext context = ApplicationContext.run(settings)) {
            DatabaseOverhead bench = new DatabaseOverhead(bare, context.getBean(Database.class));
            for (int threads : new int[] {1, 8}) {
                bench.compare(threads, "one row by key", bench.oneRow());
                bench.compare(threads, "a hundred rows", bench.hundredRows());
            }
        }
    }

    private static HikariConfig bare(LocalPostgres server) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.jdbcUrl(LocalPostgres.DATABASE));
        config.setUsername("bench");
        config.setPassword(PASSWORD);
        config.setMaximumPoolSize(POOL);
        return config;
    }

    private Map<String, Call> oneRow() {
        Map<String, Call> calls = new LinkedHashMap<>();
        calls.put("bare HikariCP + JDBC", () -> byHand(0, BY_KEY, 77));
        calls.put("Database.query, no deadline", () -> ours(Deadline.none(), BY_KEY, 77));
        calls.put("bare, with statement_timeout by hand", () -> byHand(3000, BY_KEY, 77));
        calls.put("Database.query, deadline of 3 s", () -> ours(threeSeconds(), BY_KEY, 77));
        return calls;
    }

    private Map<String, Call> hundredRows() {
        Map<String, Call> calls = new LinkedHashMap<>();
        calls.put("bare HikariCP + JDBC", () -> byHand(0, HUNDRED, 77, 77));
        calls.put("Database.query, no deadline", () -> ours(Deadline.none(), HUNDRED, 77, 77));
        calls.put("bare, with statement_timeout by hand", () -> byHand(3000, HUNDRED, 77, 77));
        calls.put("Database.query, deadline of 3 s", () -> ours(threeSeconds(), HUNDRED, 77, 77));
        return calls;
    }

    private static Deadline threeSeconds() {
        return Deadline.of(Duration.ofSeconds(3));
    }

    private void ours(Deadline deadline, String sql, Object... parameters) {
        use(database.query(deadline, sql, row -> row.getString("name"), parameters));
    }

    private void byHand(int timeoutMillis, String sql, Object... parameters) throws SQLException {
        try (Connection connection = bare.getConnection()) {
            if (timeoutMillis > 0) {
                try (Statement limit = connection.createStatement()) {
                    limit.execute("set statement_timeout = " + timeoutMillis);
                }
            }
            try (PreparedStatement statement = connection.prepareStatement(sql)) {
                for (int i = 0; i < parameters.length; i++) {
                    statement.setObject(i + 1, parameters[i]);
                }
                try (ResultSet rows = statement.executeQuery()) {
                    List<String> names = new ArrayList<>();
                    while (rows.next()) {
                        names.add(rows.getString("name"));
                    }
                    use(names);
                }
            }
        }
    }

    private static void use(List<String> names) {
        if (names.isEmpty()) {
            throw new IllegalStateException("no rows");
        }
    }

    private void compare(int threads, String what, Map<String, Call> calls) throws Exception {
        Map<String, double[]> micros = new LinkedHashMap<>();
        for (int round = -8; round < ROUNDS; round++) { // the first eight warm up
            for (Map.Entry<String, Call> call : calls.entrySet()) {
                double took = round(threads, call.getValue());
                if (round >= 0) {
                    micros.computeIfAbsent(call.getKey(), name -> new double[ROUNDS])[round] = took;
                }
            }
        }
        System.out.printf("%n%s, %d thread%s%n", what, threads, threads == 1 ? "" : "s");
        double base = median(micros.get("bare HikariCP + JDBC"));
        micros.forEach((name, rounds) -> System.out.printf(
                "  %-38s %7.1f µs a call  %+6.1f %%%n", name, median(rounds), 100 * (median(rounds) / base - 1)));
    }

    /** Microseconds of the whole machine for one call. */
    private static double round(int threads, Call call) throws Exception {
        long end = System.nanoTime() + ROUND.toNanos();
        Callable<Long> loop = () -> {
            long calls = 0;
            while (System.nanoTime() < end) {
                call.run();
                calls++;
            }
            return calls;
        };
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            long begin = System.nanoTime();
            long calls = 0;
            for (Future<Long> done : pool.invokeAll(Collections.nCopies(threads, loop))) {
                calls += done.get();
            }
            return (System.nanoTime() - begin) / 1000.0 / calls;
        } finally {
            pool.shutdown();
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
