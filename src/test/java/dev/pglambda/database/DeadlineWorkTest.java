package dev.pglambda.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.pglambda.database.testkit.TestServer;
import dev.pglambda.handler.Deadline;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A call ends at its deadline, whatever it waits for, and so does its statement on the server. */
class DeadlineWorkTest {

    private static final String TEN_SECONDS = "select pg_sleep(10), 'too slow'";
    /** How long work with a deadline of 300 ms may take: generous, for a busy build machine. */
    private static final Duration AT_MOST = Duration.ofMillis(1500);

    private static ApplicationContext context;
    private static Database database;

    @BeforeAll
    static void start() {
        context = ApplicationContext.run(TestServer.shared().direct("db.pool-max", 2));
        database = context.getBean(Database.class);
        database.warmUp(Deadline.of(Duration.ofSeconds(30)));
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    private static void endsInTime(String sqlState, Consumer<Deadline> work) {
        long begin = System.nanoTime();
        Throwable thrown = catchThrowable(() -> work.accept(Deadline.of(Duration.ofMillis(300))));
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(thrown).asInstanceOf(type(DatabaseException.class)).returns(sqlState, DatabaseException::sqlState);
        assertThat(took).isBetween(Duration.ofMillis(250), AT_MOST);
        System.out.println("deadline of 300 ms: ended after " + took.toMillis() + " ms with " + sqlState);
        String running = "select count(*) from pg_stat_activity where state <> 'idle' and query like '%too slow%'"
                + " and usename = 'app'";
        await().atMost(Duration.ofSeconds(1)).until(() -> TestServer.shared().count(running) == 0);
    }

    @Test
    void a_single_statement() {
        endsInTime("57014", deadline -> database.query(deadline, TEN_SECONDS, row -> row.getString(2)));
        endsInTime("57014", deadline -> database.update(deadline, TEN_SECONDS));
    }

    @Test
    void a_statement_of_a_transaction_has_what_the_earlier_ones_left() {
        endsInTime(
                "57014",
                deadline -> database.inTransaction(deadline, tx -> {
                    tx.update("select pg_sleep(0.2)");
                    return tx.update(TEN_SECONDS);
                }));
    }

    @Test
    void a_statement_through_the_data_source_inside_a_transaction() {
        DataSource dataSource = context.getBean(DataSource.class);
        assertThatThrownBy(() -> database.inTransaction(Deadline.of(Duration.ofMillis(300)), tx -> {
                    try (Connection connection = dataSource.getConnection();
                            Statement statement = connection.createStatement()) {
                        return statement.execute(TEN_SECONDS);
                    }
                }))
                .asInstanceOf(type(SQLException.class))
                .returns("57014", SQLException::getSQLState);
    }

    @Test
    void repeatable_work_too() {
        endsInTime("57014", deadline -> database.repeatable().update(deadline, TEN_SECONDS));
    }

    @Test
    void the_wait_for_a_connection() {
        database.inTransaction(Deadline.of(Duration.ofSeconds(30)), one -> {
            onAnotherThread(() -> database.inTransaction(Deadline.of(Duration.ofSeconds(30)), two -> {
                onAnotherThread(() -> endsInTime("53300", deadline -> database.update(deadline, "select 1")));
                return null;
            }));
            return null;
        });
    }

    private static void onAnotherThread(Runnable work) {
        CompletableFuture.runAsync(work).join();
    }

    @Test
    void a_deadline_that_has_passed_starts_nothing() {
        ThrowingCallable late = () -> database.update(Deadline.of(Duration.ZERO), "select 1");
        assertThatThrownBy(late)
                .asInstanceOf(type(DatabaseException.class))
                .returns("57014", DatabaseException::sqlState);
        assertThatThrownBy(() -> database.inTransaction(Deadline.of(Duration.ZERO), tx -> tx.update("select 1")))
                .asInstanceOf(type(DatabaseException.class))
                .returns("57014", DatabaseException::sqlState);
    }

    @Test
    void a_server_that_accepts_and_says_nothing() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
                ApplicationContext other =
                        ApplicationContext.run(TestServer.shared().direct("db.port", silent.getLocalPort()))) {
            Database unanswered = other.getBean(Database.class);
            endsInTime("08001", deadline -> unanswered.update(deadline, "select 1"));
        }
    }
}
