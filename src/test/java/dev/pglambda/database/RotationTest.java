package dev.pglambda.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pglambda.database.connection.Pool;
import dev.pglambda.database.connection.PoolAccess;
import dev.pglambda.database.testkit.FakeSecretsManager;
import dev.pglambda.database.testkit.Load;
import dev.pglambda.database.testkit.TestCertificates;
import dev.pglambda.database.testkit.TestServer;
import dev.pglambda.handler.Deadline;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The password changes under load, on the server first and in the secret later, as when RDS rotates. */
class RotationTest {

    private static final TestCertificates CERTIFICATES = TestCertificates.shared();

    private static final TestServer SERVER = TestServer.shared();

    @BeforeAll
    static void createRole() {
        SERVER.sql("create role rotating login password '" + TestServer.PASSWORD + "'");
    }

    private static Map<String, Object> secret(String password) {
        Map<String, Object> secret = SERVER.secret(password);
        secret.put("username", "rotating");
        return secret;
    }

    @Test
    void no_call_fails_while_the_password_changes_five_times() throws Exception {
        try (FakeSecretsManager secrets = new FakeSecretsManager().holds(secret(TestServer.PASSWORD));
                ApplicationContext context = ApplicationContext.run(
                        secrets.settings("db.ssl-root-cert", CERTIFICATES.authority(), "db.pool-max", 4));
                Load load = new Load(8, () -> oneCall(context.getBean(Database.class)))) {
            load.await(100);
            String lastChange = "";
            for (int change = 1; change <= 5; change++) {
                boolean late = change % 2 == 1;
                String password = "changed-" + change;
                SERVER.sql("alter role rotating password '" + password + "'");
                lastChange = SERVER.sql("select now()").orElseThrow();
                renewConnections(context);
                if (late) {
                    Thread.sleep(1000); // in between, the only readable password is wrong
                }
                secrets.holds(secret(password));
                load.await(100);
            }
            // A connection that was being opened during the last change serves calls, too, until there are newer ones.
            String newest = "select count(*) from pg_stat_activity where usename = 'rotating' and backend_start >= '"
                    + lastChange + "'";
            await().untilAsserted(() -> assertThat(SERVER.count(newest))
                    .as("connections with the newest password")
                    .isPositive());
            load.stop();
            assertThat(load.failures()).isEmpty();
            assertThat(secrets.calls()).isBetween(6, 100);
            System.out.println(
                    "rotation: " + load.calls() + " calls, 0 failures, secret read " + secrets.calls() + " times");
        }
    }

    private static void oneCall(Database database) {
        database.query(Deadline.of(Duration.ofSeconds(10)), "select pg_backend_pid()", row -> row.getInt(1));
    }

    /** Closes the connections, because a changed password ends no session. The next calls need new ones. */
    private static void renewConnections(ApplicationContext context) {
        Optional<Pool> pool =
                context.getBean(DatabaseFactory.Lifecycle.class).connections().pool();
        PoolAccess.renewConnections(pool.orElseThrow());
    }
}
