package dev.pglambda.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.Sql;
import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.code.ZipFunction;
import dev.pglambda.local.postgres.LocalPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Durable calls under failures: sessions roll back, deliverers are killed, the function crashes and is too slow. 500
 * items, or as many as the system property {@code pglambda.chaos.items} says.
 */
class ChaosTest {

    private static final Path HANDLERS = Path.of("../handlers");
    private static final int ITEMS = Integer.getInteger("pglambda.chaos.items", 500);
    private static final int SESSIONS = 8;
    private static final int EACH = ITEMS / SESSIONS;
    private static final int DELIVERERS = 4;
    private static final int SEED = 7;
    private static final int WARM_UP = 999_999_999;

    @TempDir
    static Path directory;

    private static LocalPlatform platform;

    @BeforeAll
    static void start() throws IOException, SQLException {
        platform = LocalPlatform.start(PlatformSettings.quiet(HANDLERS));
        platform.lambda().deploy(chaotic());
        platform.lambda().prestart("chaotic");
        try (Connection master = platform.postgres().connectAsMaster(LocalPostgres.DATABASE)) {
            execute(
                    master,
                    "select pglambda.register('process', 'chaotic', max_batch_items => " + Math.max(20, ITEMS / 200)
                            + ", max_attempts => 100)");
        }
        warmUp();
    }

    /** Starts an environment for each deliverer, because a first call takes longer than deliverers wait here. */
    private static void warmUp() {
        IntStream.range(0, DELIVERERS + 1)
                .mapToObj(i -> CompletableFuture.runAsync(() -> Awaitility.await()
                        .atMost(Duration.ofMinutes(2))
                        .ignoreExceptions()
                        .untilAsserted(() -> {
                            try (Connection app = platform.postgres().connectAsApp(LocalPostgres.DATABASE)) {
                                execute(app, "select process_data('" + item(WARM_UP) + "')");
                            }
                        })))
                .toList()
                .forEach(CompletableFuture::join);
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void every_committed_item_is_done_or_dead_and_processed_exactly_once() throws Exception {
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(SESSIONS + DELIVERERS + 1);
        try {
            List<Future<?>> trouble = new ArrayList<>();
            for (int i = 0; i < DELIVERERS; i++) {
                trouble.add(threads.submit(() -> deliverUntil(over)));
            }
            trouble.add(threads.submit(() -> killUntil(over)));
            List<Future<Set<Integer>>> sessions = new ArrayList<>();
            for (int i = 0; i < SESSIONS; i++) {
                sessions.add(threads.submit(enqueueing(i)));
            }
            Set<Integer> committed = new TreeSet<>();
            for (Future<Set<Integer>> session : sessions) {
                committed.addAll(session.get());
            }
            assertThat(committed).hasSizeBetween(ITEMS / 2, ITEMS - 1);
            assertThat(committed).as("with bad ones").anyMatch(ChaosTest::isBad);
            Awaitility.await()
                    .atMost(Duration.ofMinutes(10))
                    .pollInterval(Duration.ofSeconds(1))
                    .until(ChaosTest::hurriedToTheEnd);
            over.set(true);
            for (Future<?> each : trouble) {
                each.get();
            }
            Files.writeString(Path.of("target/chaos.txt"), summary());
            assertNothingLostOrDoubled(committed);
        } finally {
            over.set(true);
            threads.shutdownNow();
            assertThat(threads.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private static void assertNothingLostOrDoubled(Set<Integer> committed) throws SQLException {
        Map<Integer, String> outbox = new HashMap<>();
        for (Item item :
                rows("select item ->> 'id', call_id, state, error ->> 'sqlstate' from pglambda.outbox", Item::of)) {
            assertThat(outbox.put(item.id(), item.callId()))
                    .as("%s is there once", item)
                    .isNull();
            if (isBad(item.id())) {
                assertThat(item.state()).as("%s", item).isEqualTo("dead");
                assertThat(item.sqlState()).as("%s", item).isEqualTo("22023");
            } else {
                assertThat(item.state()).as("%s", item).isEqualTo("done");
            }
        }
        assertThat(outbox.keySet())
                .as("what was committed, and nothing that was rolled back")
                .isEqualTo(committed);
        Map<Integer, String> effects = new HashMap<>();
        rows(
                "select id, call_id from pglambda.processed_items where id <> " + WARM_UP,
                row -> effects.put(row.getInt(1), row.getString(2)));
        outbox.keySet().removeIf(ChaosTest::isBad);
        assertThat(effects).as("each under the id of its own call").isEqualTo(outbox);
    }

    private record Item(int id, String callId, String state, String sqlState) {
        static Item of(ResultSet row) throws SQLException {
            return new Item(row.getInt(1), row.getString(2), row.getString(3), row.getString(4));
        }
    }

    /** Prints how many failures there were. */
    private static String summary() throws SQLException {
        return values("select format('%s items in state %s, up to %s attempts, last after %s',"
                                + " count(*), state, max(attempts), max(finished_at) - min(min(created_at)) over ())"
                                + " from pglambda.outbox group by state")
                        .toString()
                + "\n"
                + values("select format('%s items after %s attempts', count(*), attempts) from pglambda.outbox"
                        + " group by attempts order by attempts")
                + "\n";
    }

    /** Runs transactions of 1 to 10 items, of which three in ten roll back. Returns the committed items. */
    private static Callable<Set<Integer>> enqueueing(int session) {
        return () -> {
            Random random = new Random(SEED + session);
            Set<Integer> committed = new TreeSet<>();
            try (Connection app = platform.postgres().connectAsApp(LocalPostgres.DATABASE)) {
                app.setAutoCommit(false);
                for (int next = session * EACH + 1, end = next + EACH; next < end; ) {
                    Set<Integer> ids = new TreeSet<>();
                    for (int size = 1 + random.nextInt(10); size > 0 && next < end; size--, next++) {
                        execute(app, "select process_data_async('" + item(next) + "')");
                        ids.add(next);
                    }
                    if (random.nextInt(10) < 3) {
                        app.rollback();
                    } else {
                        app.commit();
                        committed.addAll(ids);
                    }
                }
            }
            return committed;
        };
    }

    private static String item(int id) {
        return isBad(id) ? "{\"id\": %d}".formatted(id) : "{\"id\": %d, \"value\": \"item\"}".formatted(id);
    }

    private static boolean isBad(int id) {
        return id % 100 == 0;
    }

    private static void deliverUntil(AtomicBoolean over) {
        while (!over.get()) {
            try (Connection master = platform.postgres().connectAsMaster(LocalPostgres.DATABASE)) {
                // Short, so that the leases of killed deliverers are short too.
                execute(
                        master,
                        "set application_name = 'chaos';"
                                + "set aws_lambda.connect_timeout_ms = 500; set aws_lambda.request_timeout_ms = 3000");
                while (!over.get()) {
                    execute(master, "call pglambda.deliver()");
                }
            } catch (SQLException e) {
                // It was killed; the next one replaces it.
                assertThat(e.getSQLState()).as(e.getMessage()).isIn("57P01", "08006");
            }
        }
    }

    /** Kills one deliverer every second. */
    private static Void killUntil(AtomicBoolean over) throws SQLException {
        Random random = new Random(SEED);
        try (Connection superuser = platform.postgres().connectAsSuperuser(LocalPostgres.DATABASE)) {
            while (!over.get()) {
                Awaitility.await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
                execute(
                        superuser,
                        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'chaos'"
                                + " order by pid offset " + random.nextInt(DELIVERERS) + " limit 1");
            }
        }
        return null;
    }

    /** Ends the back-off of failed items at once. True when no item is left to deliver. */
    private static boolean hurriedToTheEnd() throws SQLException {
        try (Connection superuser = platform.postgres().connectAsSuperuser(LocalPostgres.DATABASE)) {
            execute(
                    superuser,
                    "update pglambda.outbox set due_at = clock_timestamp()"
                            + " where state = 'waiting' and due_at > clock_timestamp()");
        }
        return values("select 1 from pglambda.outbox where state in ('waiting', 'running') limit 1")
                .isEmpty();
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> values(String sql) throws SQLException {
        return rows(sql, row -> row.getString(1));
    }

    private static <T> List<T> rows(String sql, Sql.RowReader<T> reader) throws SQLException {
        try (Sql superuser = new Sql(platform.postgres().connectAsSuperuser(LocalPostgres.DATABASE))) {
            return superuser.rows(sql, reader);
        }
    }

    /** The shipped function with its layer and its rights on the database, and {@link ChaoticProcess} in front of it. */
    private static ZipFunction chaotic() throws IOException {
        ZipFunction process = platform.functions().stream()
                .filter(function -> function.name().equals("process"))
                .findFirst()
                .orElseThrow();
        String entry = ChaoticProcess.class.getName().replace('.', '/') + ".class";
        Path zip = directory.resolve("chaotic.zip");
        Files.copy(process.zip(), zip);
        try (FileSystem files = FileSystems.newFileSystem(zip);
                InputStream chaos = ChaoticProcess.class.getResourceAsStream("/" + entry)) {
            Path copy = files.getPath(entry);
            Files.createDirectories(copy.getParent());
            Files.copy(chaos, copy);
        }
        Map<String, String> environment = new HashMap<>(process.environment());
        environment.put(ChaoticProcess.COUNTER, directory.resolve("calls").toString());
        FunctionDescription description = FunctionDescription.of("chaotic", ChaoticProcess.class.getName())
                .withLimits(512, 20)
                .withDatabase();
        return new ZipFunction(description, zip, process.layers(), environment);
    }
}
