package dev.pglambda.local.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pglambda.local.lambda.api.InvokeReply;
import dev.pglambda.local.postgres.LocalPostgres;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.postgresql.util.ServerErrorMessage;

/** The connection between a session and the endpoint: broken, interrupted, and many at a time. */
@Timeout(60)
final class AwsLambdaLinkTest {

    @RegisterExtension
    static final ClonedDatabase DATABASE = TestPlatform.database();

    private static final String INVOKE = "select payload from aws_lambda.invoke('f', '{}'::json)";

    private final ScriptedLambda lambda = DATABASE.lambda();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private Session session;

    @BeforeEach
    void connect() throws SQLException {
        session = DATABASE.master();
    }

    @AfterEach
    void disconnect() throws SQLException {
        session.close();
        threads.shutdownNow();
    }

    @Test
    void eight_sessions_work_while_one_waits() throws Exception {
        CompletableFuture<InvokeReply> slow = lambda.hang();
        Future<String> blocked = threads.submit(() -> session.value(INVOKE));
        await().until(() -> lambda.requests().size() == 1);
        lambda.behave(ScriptedLambda::echo);

        List<Future<Integer>> others = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            others.add(threads.submit(AwsLambdaLinkTest::callFiftyTimes));
        }
        for (Future<Integer> other : others) {
            assertThat(other.get()).isEqualTo(50);
        }
        assertThat(blocked).isNotDone();
        slow.complete(ScriptedLambda.reply("\"slow\"".getBytes(StandardCharsets.UTF_8)));
        assertThat(blocked.get()).isEqualTo("\"slow\"");
    }

    private static int callFiftyTimes() throws SQLException {
        try (Session other = DATABASE.master()) {
            int answers = 0;
            for (int i = 0; i < 50; i++) {
                String payload = "{\"n\": " + i + "}";
                if (other.value("select payload from aws_lambda.invoke('f', ?::json)", payload)
                        .equals(payload)) {
                    answers++;
                }
            }
            return answers;
        }
    }

    @Test
    void a_reopened_endpoint_is_found_without_an_error() throws SQLException {
        session.rows(INVOKE);
        TestPlatform.closeEndpoint();
        TestPlatform.reopenEndpoint();
        assertThat(session.value(INVOKE)).isEqualTo("{}");
        assertThat(lambda.requests()).hasSize(2);
    }

    @Test
    void without_an_endpoint_a_call_cannot_connect_and_later_it_can() throws SQLException {
        session.rows(INVOKE);
        TestPlatform.closeEndpoint();
        try {
            for (int i = 0; i < 2; i++) {
                ServerErrorMessage error = session.error(INVOKE);
                assertThat(error.getMessage()).isEqualTo("invoke API failed");
                assertThat(error.getDetail()).isEqualTo("AWS Lambda client returned 'Unable to connect to endpoint'.");
                assertThat(error.getSQLState()).isEqualTo("XX000");
                assertThat(error.getWhere()).endsWith("SQL function \"invoke\" statement 1");
            }
        } finally {
            TestPlatform.reopenEndpoint();
        }
        assertThat(session.value(INVOKE)).isEqualTo("{}");
    }

    @Test
    void a_link_that_breaks_during_a_call_is_an_error_and_the_call_is_not_repeated() throws Exception {
        lambda.hang();
        Future<ServerErrorMessage> call = threads.submit(() -> session.error(INVOKE));
        await().until(() -> lambda.requests().size() == 1);
        TestPlatform.closeEndpoint();
        TestPlatform.reopenEndpoint();
        ServerErrorMessage error = call.get();
        assertThat(error.getMessage()).isEqualTo("invoke API failed");
        assertThat(error.getDetail()).contains("curlCode: 52");
        assertThat(lambda.requests()).hasSize(1);
        lambda.reset();
        assertThat(session.value(INVOKE)).isEqualTo("{}");
    }

    @Test
    void statement_timeout_interrupts_a_call_and_leaves_the_session_usable() throws SQLException {
        CompletableFuture<InvokeReply> slow = lambda.hang();
        session.execute("set statement_timeout = 200");
        long start = System.nanoTime();
        assertThat(session.error(INVOKE).getSQLState()).isEqualTo("57014");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(2_500));
        slow.complete(ScriptedLambda.reply("\"too late\"".getBytes(StandardCharsets.UTF_8)));
        lambda.behave(ScriptedLambda::echo);
        assertThat(session.value(INVOKE)).isEqualTo("{}");
    }

    @Test
    void cancel_interrupts_a_call_and_ends_its_session_at_the_endpoint() throws Exception {
        session.rows(INVOKE);
        long before = links();
        lambda.reset();
        lambda.hang();
        session.execute("set aws_lambda.request_timeout_ms = 900000");
        int processId = session.processId();
        Future<String> call = threads.submit(() -> session.error(INVOKE).getSQLState());
        await().until(() -> lambda.requests().size() == 1);
        try (Session superuser = DATABASE.superuser()) {
            superuser.rows("select pg_cancel_backend(?)", processId);
        }
        assertThat(call.get()).isEqualTo("57014");
        lambda.reset();
        assertThat(session.value(INVOKE)).isEqualTo("{}");
        await().untilAsserted(() -> assertThat(links()).isEqualTo(before));
    }

    @Test
    void a_session_that_is_killed_leaves_no_thread_behind() throws Exception {
        session.rows(INVOKE);
        long before = links();
        lambda.reset();
        lambda.hang();
        session.execute("set aws_lambda.request_timeout_ms = 900000");
        int victim = session.processId();
        threads.submit(() -> session.error(INVOKE));
        await().until(() -> lambda.requests().size() == 1);
        try (Session superuser = DATABASE.superuser()) {
            superuser.rows("select pg_terminate_backend(?)", victim);
        }
        await().untilAsserted(() -> assertThat(links()).isLessThan(before));
    }

    @Test
    void a_call_works_in_a_rolled_back_subtransaction_and_in_a_read_only_transaction() throws SQLException {
        session.execute("begin read only; savepoint s");
        session.rows(INVOKE);
        session.execute("rollback to s");
        session.rows(INVOKE);
        session.execute("rollback");
        session.rows(INVOKE);
        assertThat(lambda.requests()).hasSize(3);
    }

    @Test
    void a_clone_of_a_database_calls_its_own_lambda() throws SQLException {
        try (ClonedDatabase other = TestPlatform.database();
                Session inOther = other.master()) {
            inOther.rows(INVOKE);
            assertThat(other.lambda().requests()).hasSize(1);
            assertThat(lambda.requests()).isEmpty();
        }
    }

    @Test
    void a_call_from_a_database_without_a_lambda_is_an_error() throws SQLException {
        try (Session elsewhere = new Session(TestPlatform.POSTGRES.connectAsMaster(LocalPostgres.DATABASE))) {
            elsewhere.execute("create extension if not exists aws_lambda cascade");
            ServerErrorMessage error = elsewhere.error(INVOKE);
            assertThat(error.getMessage()).isEqualTo("invoke API failed");
            assertThat(error.getDetail()).contains("demodb");
        }
    }

    /** Threads of the endpoint: one for each session that has called, as long as it lives. */
    private static long links() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("aws_lambda session"))
                .count();
    }
}
