package dev.pglambda.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.pglambda.database.testkit.Load;
import dev.pglambda.database.testkit.TestServer;
import dev.pglambda.handler.Deadline;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The server goes away and comes back, under load and before the first call. */
class RestartTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static TestServer server;

    private ApplicationContext context;
    private Database database;

    @BeforeAll
    static void startServer() {
        server = TestServer.started();
        server.sql("create table run(id int)");
        server.sql("grant all on run to app");
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void start() {
        context = ApplicationContext.run(server.direct("db.connection-timeout", "20s"));
        database = context.getBean(Database.class);
    }

    @AfterEach
    void stop() {
        context.close();
    }

    @Test
    void repeatable_work_sees_no_failure_and_other_work_never_runs_twice() {
        AtomicInteger ids = new AtomicInteger();
        try (Load repeatable = new Load(4, this::repeatableCall);
                Load once = new Load(4, () -> callOnce(ids.incrementAndGet()))) {
            for (int restart = 0; restart < 2; restart++) {
                repeatable.await(200);
                once.await(200);
                server.restart();
            }
            repeatable.await(200);
            once.await(200);
            repeatable.stop();
            once.stop();
            assertThat(repeatable.failures()).isEmpty();
            assertThat(once.failures()).isNotEmpty().allSatisfy(RestartTest::carriesItsSqlState);
            System.out.println("restarts: " + repeatable.calls() + " repeatable calls, 0 failures; " + once.calls()
                    + " others, " + once.failures().size() + " failures");
        }
        assertThat(server.count("select count(*) - count(distinct id) from run"))
                .isZero();
    }

    private void repeatableCall() {
        database.repeatable().inTransaction(Deadline.of(PATIENCE), tx -> tx.query("select 1", row -> row.getInt(1)));
    }

    private void callOnce(int id) {
        database.inTransaction(Deadline.of(PATIENCE), tx -> tx.update("insert into run values (?)", id));
    }

    private static void carriesItsSqlState(Throwable failure) {
        assertThat(failure).isInstanceOf(DatabaseException.class);
        assertThat(((DatabaseException) failure).sqlState()).matches("08...|57P0.");
    }

    @Test
    void a_server_that_is_down_at_the_first_call_and_comes_up_is_waited_for() {
        server.stop();
        long begin = System.nanoTime();
        assertThatThrownBy(() -> database.warmUp(Deadline.of(Duration.ofMillis(300))))
                .asInstanceOf(type(DatabaseException.class))
                .returns("08001", DatabaseException::sqlState)
                .matches(e -> e.getMessage().contains("127.0.0.1:" + server.port()));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
        Check down = database.check(Deadline.of(Duration.ofMillis(200)));
        assertThat(down.ok()).isFalse();
        assertThat(down.sqlState()).contains("08001");

        CompletableFuture<Void> first = CompletableFuture.runAsync(() -> database.warmUp(Deadline.of(PATIENCE)));
        server.start();
        first.join();
        assertThat(database.check().ok()).isTrue();
    }
}
