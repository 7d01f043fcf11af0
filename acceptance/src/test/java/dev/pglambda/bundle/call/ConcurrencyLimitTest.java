package dev.pglambda.bundle.call;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.EchoingBatches;
import dev.pglambda.bundle.kit.FakeLambda;
import dev.pglambda.bundle.kit.Sql;
import dev.pglambda.bundle.kit.SqlError;
import dev.pglambda.local.lambda.api.InvokeReply;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A function's {@code max_concurrency}, with sessions that call it at the same time. */
class ConcurrencyLimitTest {

    private static final FakeLambda LAMBDA = BundleServer.LAMBDA;
    private static final String SLOTS =
            "select count(*)::text from pg_locks where locktype = 'advisory' and classid = 1885826145 and objsubid = 2";

    private static BundleServer database;
    private static Sql operator;

    private ExecutorService threads;
    private final List<Sql> sessions = new ArrayList<>();

    @BeforeAll
    static void connect() {
        database = BundleServer.cloned();
        operator = database.as("operator");
    }

    @AfterAll
    static void disconnect() {
        database.drop();
    }

    @BeforeEach
    void register() {
        threads = Executors.newCachedThreadPool();
        operator.execute(
                "select pglambda.register('process', 'process', max_concurrency => 1, max_batch_items => 1000)");
    }

    @AfterEach
    void close() {
        LAMBDA.replies("{\"result\": 1}");
        threads.shutdownNow();
        sessions.forEach(Sql::close);
        Awaitility.await().untilAsserted(() -> assertThat(operator.value(SLOTS)).isEqualTo("0"));
    }

    @Test
    void calls_over_the_limit_wait() throws Exception {
        operator.execute("select pglambda.register('process', 'process', max_concurrency => 2)");
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        LAMBDA.does(request -> {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            return CompletableFuture.supplyAsync(
                    () -> {
                        running.decrementAndGet();
                        return FakeLambda.reply("{\"result\": 1}").join();
                    },
                    CompletableFuture.delayedExecutor(60, TimeUnit.MILLISECONDS));
        });
        List<Future<String>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            calls.add(call(session("30000")));
        }
        for (Future<String> call : calls) {
            assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo("1");
        }
        assertThat(most).hasValue(2);
        assertThat(LAMBDA.requests()).hasSize(8);
    }

    @Test
    void call_that_waits_too_long_is_39000_with_a_hint() throws Exception {
        CompletableFuture<InvokeReply> slow = holdTheSlot();
        long start = System.nanoTime();
        SqlError error = errorOf(() -> session("400").value("select process_data('1')"));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
        assertThat(error.sqlState()).isEqualTo("39000");
        assertThat(error.message())
                .isEqualTo("function 'process' is busy: there was no place among its 1 concurrent calls for 400 ms");
        assertThat(error.hint().orElseThrow()).contains("raises max_concurrency with pglambda.register");
        assertThat(LAMBDA.requests()).hasSize(1);
        slow.complete(FakeLambda.reply("{\"result\": 1}").join());
    }

    @Test
    void waiting_time_is_taken_off_the_time_out_in_the_request() throws Exception {
        CompletableFuture<InvokeReply> slow = holdTheSlot();
        Sql second = session("20000");
        Future<String> waiting = call(second);
        awaitSleeping(second);
        Thread.sleep(200); // the length of the wait is what is tested
        LAMBDA.does(request -> FakeLambda.reply("{\"result\": " + request + "}"));
        slow.complete(FakeLambda.reply("{\"result\": 1}").join());
        String request = waiting.get(60, TimeUnit.SECONDS);
        assertThat(Integer.parseInt(operator.value("select ?::jsonb ->> 'timeoutMs'", request)))
                .isBetween(1, 19_800);
        assertThat(operator.value("select ?::jsonb ->> 'data'", request)).isEqualTo("{\"timeoutMs\": 7}");
    }

    @Test
    void cancelled_call_frees_its_slot() throws Exception {
        LAMBDA.neverAnswers();
        Sql first = session("60000");
        try (Statement statement = first.connection().createStatement()) {
            Future<String> call = threads.submit(() -> stateOf(statement));
            Awaitility.await().until(() -> !LAMBDA.requests().isEmpty());
            assertThat(operator.value(SLOTS)).isEqualTo("1");
            statement.cancel();
            assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo("57014");
        }
        assertThat(operator.value(SLOTS)).isEqualTo("0");
    }

    @Test
    void killed_session_frees_its_slot() throws Exception {
        LAMBDA.neverAnswers();
        Sql first = session("60000");
        String pid = first.value("select pg_backend_pid()::text");
        Future<String> call = call(first);
        Awaitility.await().until(() -> !LAMBDA.requests().isEmpty());
        try (Sql superuser = database.asSuperuser()) {
            superuser.execute("select pg_terminate_backend(" + pid + ")");
        }
        assertThat(call.get(60, TimeUnit.SECONDS)).isEqualTo("57P01");
        LAMBDA.replies("{\"result\": 2}");
        assertThat(session("30000").value("select process_data('1')")).isEqualTo("2");
    }

    @Test
    void call_cancelled_while_it_waits_holds_no_slot() throws Exception {
        CompletableFuture<InvokeReply> slow = holdTheSlot();
        Sql second = session("60000");
        second.execute("set statement_timeout = 200");
        assertThat(call(second).get(60, TimeUnit.SECONDS)).isEqualTo("57014");
        assertThat(operator.value(SLOTS)).isEqualTo("1");
        slow.complete(FakeLambda.reply("{\"result\": 1}").join());
    }

    @Test
    void statements_that_are_cancelled_at_any_moment_leave_no_slot_behind() {
        LAMBDA.does(request -> CompletableFuture.supplyAsync(
                () -> FakeLambda.reply("{\"result\": 1}").join(),
                CompletableFuture.delayedExecutor(1, TimeUnit.MILLISECONDS)));
        Sql session = session("30000");
        int cancelled = 0;
        for (int i = 0; i < 150; i++) {
            session.execute("set statement_timeout = " + (1 + i % 8));
            try {
                session.value("select count(process_data(to_jsonb(i)))::text from generate_series(1, 3) i");
            } catch (SqlError e) {
                assertThat(e.sqlState()).isEqualTo("57014");
                cancelled++;
            }
            session.execute("reset statement_timeout");
            assertThat(session.value(SLOTS)).isEqualTo("0");
        }
        assertThat(cancelled).isPositive();
    }

    @Test
    void errors_free_the_slot_inside_a_transaction_too() {
        Sql session = session("400");
        session.execute("begin");
        LAMBDA.replies("{\"result\": 1}");
        session.execute("select process_data('1')");
        assertThat(operator.value(SLOTS)).isEqualTo("0");
        for (Runnable script : List.<Runnable>of(
                () -> LAMBDA.fails("{\"errorMessage\": \"m\", \"errorType\": \"t\"}"),
                () -> LAMBDA.refuses("TooManyRequestsException", 429, "m"),
                () -> LAMBDA.replies("not json"),
                () -> LAMBDA.replies("{\"error\": {\"sqlstate\": \"22023\", \"message\": \"m\"}}"),
                LAMBDA::neverAnswers)) {
            script.run();
            session.execute("savepoint s");
            assertThat(errorOf(() -> session.execute("select process_data('1')"))
                            .sqlState())
                    .isNotEqualTo("57014");
            assertThat(operator.value(SLOTS)).isEqualTo("0");
            session.execute("rollback to s");
        }
        session.execute("rollback");
    }

    @Test
    void each_call_of_a_batch_takes_a_slot_of_its_own() throws Exception {
        operator.execute("select pglambda.register('process', 'process', max_concurrency => 1, max_batch_items => 1)");
        List<String> held = new ArrayList<>();
        var batches = new EchoingBatches();
        LAMBDA.does(request -> {
            held.add(operator.value(SLOTS));
            return batches.apply(request);
        });
        assertThat(session("30000")
                        .values("select result::text from process_data_batch('{1,2,3}') order by ordinality"))
                .containsExactly("1", "2", "3");
        assertThat(held).containsExactly("1", "1", "1");
    }

    @Test
    void limit_of_one_function_does_not_affect_others() throws Exception {
        CompletableFuture<InvokeReply> slow = holdTheSlot();
        LAMBDA.does(request -> FakeLambda.reply("{\"result\": " + operator.value(SLOTS) + "}"));
        assertThat(session("30000").value("select transform_data('1')")).isEqualTo("1");
        operator.execute("select pglambda.register('transform', 'transform', max_concurrency => 1)");
        assertThat(session("30000").value("select transform_data('1')")).isEqualTo("2");
        operator.execute("select pglambda.register('transform', max_concurrency => 0)");
        slow.complete(FakeLambda.reply("{\"result\": 1}").join());
    }

    @Test
    void advisory_locks_of_users_have_no_effect() {
        LAMBDA.replies("{\"result\": 1}");
        try (Sql user = session("30000")) {
            user.execute("select pg_advisory_lock(1885826145, 1), pg_advisory_lock(1885826145), pg_advisory_lock(8)");
            assertThat(session("400").value("select process_data('1')")).isEqualTo("1");
            assertThat(user.value("select process_data('1')")).isEqualTo("1");
            assertThat(user.value("select count(*)::text from pg_locks where locktype = 'advisory'"))
                    .isEqualTo("3");
        }
    }

    /** One session's call, which runs until the future is completed. */
    private CompletableFuture<InvokeReply> holdTheSlot() {
        var slow = new CompletableFuture<InvokeReply>();
        LAMBDA.does(request -> slow);
        call(session("60000"));
        Awaitility.await().until(() -> !LAMBDA.requests().isEmpty());
        assertThat(new String(LAMBDA.requests().get(0).payload(), StandardCharsets.UTF_8))
                .containsPattern("\"timeoutMs\" : (60000|59\\d{3})\\b");
        return slow;
    }

    /** The result of a call, or the SQLSTATE of its error. */
    private Future<String> call(Sql session) {
        return threads.submit(() -> {
            try {
                return session.value("select process_data('{\"timeoutMs\": 7}')");
            } catch (SqlError e) {
                return e.sqlState();
            }
        });
    }

    private static String stateOf(Statement statement) {
        try {
            statement.execute("select process_data('1')");
            return "none";
        } catch (SQLException e) {
            return e.getSQLState();
        }
    }

    private Sql session(String timeout) {
        Sql session = database.as("app");
        sessions.add(session);
        session.execute("set aws_lambda.request_timeout_ms = '" + timeout + "'");
        return session;
    }

    private static void awaitSleeping(Sql session) {
        int pid;
        try {
            pid = session.connection().unwrap(org.postgresql.PGConnection.class).getBackendPID();
        } catch (SQLException e) {
            throw new SqlError(e);
        }
        try (Sql superuser = database.asSuperuser()) {
            Awaitility.await().until(() -> superuser
                    .value("select coalesce(wait_event, '') from pg_stat_activity where pid = " + pid)
                    .equals("PgSleep"));
        }
    }
}
