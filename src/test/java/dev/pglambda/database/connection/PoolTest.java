package dev.pglambda.database.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import dev.pglambda.database.Check;
import dev.pglambda.database.Database;
import dev.pglambda.database.DatabaseException;
import dev.pglambda.database.testkit.Load;
import dev.pglambda.database.testkit.TcpProxy;
import dev.pglambda.database.testkit.TestServer;
import dev.pglambda.handler.Deadline;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

class PoolTest {

    private static final Deadline SOON = Deadline.of(Duration.ofMinutes(5));

    private final TestServer server = TestServer.shared();

    private static List<Integer> pid(Database database, Deadline deadline) {
        return database.query(deadline, "select pg_backend_pid()", row -> row.getInt(1));
    }

    private static boolean poolThreadsRun() {
        return Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("pglambda"));
    }

    @Test
    void nothing_starts_before_the_first_use_and_nothing_is_left_after_close() {
        await().until(() -> !poolThreadsRun());
        try (ApplicationContext context = ApplicationContext.run(server.direct())) {
            Database database = context.getBean(Database.class);
            context.getBean(DataSource.class);
            assertThat(poolThreadsRun()).isFalse();
            database.warmUp(SOON);
            assertThat(poolThreadsRun()).isTrue();
        }
        await().until(() -> !poolThreadsRun());
        await().until(() -> server.count("select count(*) from pg_stat_activity where usename = 'app'") == 0);
    }

    @Test
    void sixty_four_threads_share_five_connections() {
        server.sql("create role crowd login password 'crowd'");
        try (ApplicationContext context =
                        ApplicationContext.run(server.direct("db.user", "crowd", "db.password", "crowd"));
                Load load =
                        new Load(64, () -> pid(context.getBean(Database.class), Deadline.of(Duration.ofSeconds(20))))) {
            int most = 0;
            for (int i = 0; i < 10; i++) {
                load.await(200);
                most = Math.max(most, server.count("select count(*) from pg_stat_activity where usename = 'crowd'"));
            }
            load.stop();
            assertThat(load.failures()).isEmpty();
            assertThat(most).isBetween(2, 5);
        }
    }

    @Test
    void an_exhausted_pool_is_reported() throws SQLException {
        try (ApplicationContext context = ApplicationContext.run(server.direct("db.pool-max", 1));
                Connection taken = context.getBean(DataSource.class).getConnection()) {
            assertThatThrownBy(() -> pid(context.getBean(Database.class), Deadline.of(Duration.ofMillis(100))))
                    .asInstanceOf(type(DatabaseException.class))
                    .returns("53300", DatabaseException::sqlState)
                    .matches(e -> e.getMessage().contains("all 1 are in use (DB_POOL_MAX)"));
            assertThat(taken.isClosed()).isFalse();
        }
    }

    /** Frozen between two calls, a function cannot see the server close its idle connections. */
    @Test
    void a_connection_that_died_while_idle_fails_no_call() throws InterruptedException {
        try (ApplicationContext context = ApplicationContext.run(server.direct())) {
            Database database = context.getBean(Database.class);
            int first = pid(database, SOON).get(0);
            server.sql("select pg_terminate_backend(" + first + ")");
            Thread.sleep(600); // more than the half second for which HikariCP trusts a connection untested
            assertThat(pid(database, SOON)).isNotEqualTo(List.of(first));
        }
    }

    @Test
    void a_connection_that_went_silent_while_idle_costs_half_a_second_and_fails_no_call() throws Exception {
        try (TcpProxy proxy = new TcpProxy(server.port());
                ApplicationContext context = ApplicationContext.run(server.direct("db.port", proxy.port()))) {
            Database database = context.getBean(Database.class);
            int first = pid(database, SOON).get(0);
            proxy.silenceOpenConnections();
            Thread.sleep(600);
            long begin = System.nanoTime();
            assertThat(pid(database, Deadline.of(Duration.ofSeconds(10)))).isNotEqualTo(List.of(first));
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
        }
    }

    @Test
    void a_network_that_dies_under_a_statement_ends_with_the_deadline() throws IOException {
        try (TcpProxy proxy = new TcpProxy(server.port());
                ApplicationContext context = ApplicationContext.run(server.direct("db.port", proxy.port()))) {
            Database database = context.getBean(Database.class);
            database.warmUp(SOON);
            long begin = System.nanoTime();
            Throwable thrown = catchThrowable(() -> database.inTransaction(Deadline.of(Duration.ofMillis(300)), tx -> {
                tx.update("select 'cut off'");
                proxy.silenceOpenConnections();
                return tx.update("select pg_sleep(10), 'cut off'");
            }));
            assertThat(thrown)
                    .asInstanceOf(type(DatabaseException.class))
                    .returns("57014", DatabaseException::sqlState);
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(1500));
        }
    }

    @Test
    void a_session_that_turned_read_only_is_not_used_again() {
        try (ApplicationContext context = ApplicationContext.run(server.direct("db.pool-max", 1))) {
            Database database = context.getBean(Database.class);
            int first = pid(database, SOON).get(0);
            database.update(SOON, "set default_transaction_read_only = on"); // as on a writer that was demoted
            assertThatThrownBy(() -> database.update(SOON, "create table x()"))
                    .asInstanceOf(type(DatabaseException.class))
                    .returns("25006", DatabaseException::sqlState);
            assertThat(pid(database, SOON)).isNotEqualTo(List.of(first));
        }
    }

    @Test
    void wrong_direct_credentials_and_an_unknown_database_fail_at_once() {
        long begin = System.nanoTime();
        try (ApplicationContext context = ApplicationContext.run(server.direct("db.password", "wrong"))) {
            Check check = context.getBean(Database.class).check(SOON);
            assertThat(check.ok()).isFalse();
            assertThat(check.sqlState()).contains("28P01");
            assertThat(check.detail()).contains("cannot connect to 127.0.0.1:" + server.port() + "/postgres as app");
        }
        try (ApplicationContext context = ApplicationContext.run(server.direct("db.name", "nowhere"))) {
            assertThat(context.getBean(Database.class).check(SOON).sqlState()).contains("3D000");
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(8));
    }
}
