package dev.pglambda.database.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.crac.CheckpointException;
import com.amazonaws.services.lambda.crac.Context;
import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.Resource;
import dev.pglambda.database.credentials.CredentialSource;
import dev.pglambda.database.settings.Settings;
import dev.pglambda.database.testkit.FakeSecretsManager;
import dev.pglambda.database.testkit.TestCertificates;
import dev.pglambda.database.testkit.TestServer;
import dev.pglambda.handler.Deadline;
import io.micronaut.context.ApplicationContext;
import io.micronaut.json.JsonMapper;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/** Uses the hooks of Lambda's runtime client, which the pom selects for the CRaC API. */
class SnapStartPauseTest {

    private static final Deadline SOON = Deadline.of(Duration.ofMinutes(5));

    private final TestServer server = TestServer.shared();
    private final Context<Resource> lambda = Core.getGlobalContext();

    private int connections() {
        return server.count("select count(*) from pg_stat_activity where usename = 'snapshot'");
    }

    private Map<String, Object> secret(String password) {
        Map<String, Object> secret = server.secret(password);
        secret.put("username", "snapshot");
        return secret;
    }

    /** Lambda's context runs the hooks, then clears the resolver's cache through a library that exists only there. */
    private void checkpoint() throws CheckpointException {
        try {
            lambda.beforeCheckpoint(null);
        } catch (UnsatisfiedLinkError e) {
            assertThat(e).hasMessageContaining("DNSManager.clearCache");
        }
    }

    private PooledDataSource connections(FakeSecretsManager secrets) {
        Map<String, Object> settings =
                secrets.settings("db.ssl-root-cert", TestCertificates.shared().authority());
        ApplicationContext context = ApplicationContext.run(settings);
        Settings names = new Settings(name -> Optional.ofNullable(settings.get(name.toLowerCase(java.util.Locale.ROOT)
                        .replaceFirst("_", ".")
                        .replace('_', '-')))
                .map(Object::toString));
        return new PooledDataSource(() -> Pool.start(
                names,
                () -> CredentialSource.of(
                        names, context.getBean(JsonMapper.class), () -> context.getBean(SecretsManagerClient.class))));
    }

    private static int one(PooledDataSource connections, Deadline deadline) throws SQLException {
        try (Connection connection = connections.getConnection(deadline);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select 1")) {
            row.next();
            return row.getInt(1);
        }
    }

    @Test
    void connections_and_credentials_are_dropped_before_and_made_anew_after() throws Exception {
        server.sql("create role snapshot login password 'before'");
        try (FakeSecretsManager secrets = new FakeSecretsManager().holds(secret("before"))) {
            PooledDataSource connections = connections(secrets);
            SnapStartPause held = SnapStartPause.registered(connections);
            one(connections, SOON);
            assertThat(connections()).isEqualTo(1);
            System.gc(); // the contexts hold resources weakly: ours must not be lost

            checkpoint();
            await().until(() -> connections() == 0);
            server.sql("alter role snapshot password 'after'");
            secrets.holds(secret("after"));
            assertThatThrownBy(() -> one(connections, Deadline.of(Duration.ofMillis(100))))
                    .asInstanceOf(type(SQLException.class))
                    .returns("57014", SQLException::getSQLState);
            Callable<Integer> work = () -> one(connections, SOON);
            FutureTask<Integer> waiting = new FutureTask<>(work);
            new Thread(waiting).start();

            lambda.afterRestore(null);
            assertThat(waiting.get()).isEqualTo(1);
            assertThat(secrets.calls()).isEqualTo(2);
            assertThat(held).isNotNull();
            connections.close();
        }
    }

    @Test
    void a_database_that_was_never_used_or_is_closed_is_not_touched() throws Exception {
        try (FakeSecretsManager secrets = new FakeSecretsManager().holds(server.secret(TestServer.PASSWORD))) {
            PooledDataSource connections = connections(secrets);
            SnapStartPause held = SnapStartPause.registered(connections);
            checkpoint();
            lambda.afterRestore(null);
            one(connections, SOON);
            connections.close();
            checkpoint();
            lambda.afterRestore(null);
            assertThatThrownBy(() -> one(connections, SOON))
                    .asInstanceOf(type(SQLException.class))
                    .returns("08003", SQLException::getSQLState);
            assertThat(held).isNotNull();
        }
    }

    @Test
    void nothing_is_registered_where_lambda_takes_no_snapshot() {
        assertThat(SnapStartPause.register(new PooledDataSource(() -> null))).isEmpty();
    }
}
