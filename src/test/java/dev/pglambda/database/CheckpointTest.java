package dev.pglambda.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.awaitility.Awaitility.await;

import com.amazonaws.services.lambda.crac.CheckpointException;
import com.amazonaws.services.lambda.crac.Context;
import com.amazonaws.services.lambda.crac.Core;
import com.amazonaws.services.lambda.crac.Resource;
import dev.pglambda.handler.Deadline;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Through the checkpoint hooks of Lambda's own runtime client, to which the pom points the CRaC API. */
class CheckpointTest {

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

    @Test
    void connections_and_credentials_are_dropped_before_and_made_anew_after() throws Exception {
        server.sql("create role snapshot login password 'before'");
        try (FakeSecretsManager secrets = new FakeSecretsManager().holds(secret("before"));
                ApplicationContext context = ApplicationContext.run(secrets.settings(
                        "db.ssl-root-cert", TestCertificates.shared().authority()))) {
            Database database = context.getBean(Database.class);
            database.warmUp(SOON);
            assertThat(connections()).isEqualTo(1);
            System.gc(); // the contexts hold resources weakly: ours must not be lost

            checkpoint();
            await().until(() -> connections() == 0);
            server.sql("alter role snapshot password 'after'");
            secrets.holds(secret("after"));
            assertThatThrownBy(() -> database.warmUp(Deadline.of(Duration.ofMillis(100))))
                    .asInstanceOf(type(DatabaseException.class))
                    .returns("57014", DatabaseException::sqlState);
            CompletableFuture<List<Integer>> waiting =
                    CompletableFuture.supplyAsync(() -> database.query(SOON, "select 1", row -> row.getInt(1)));

            lambda.afterRestore(null);
            assertThat(waiting.join()).containsExactly(1);
            assertThat(secrets.calls()).isEqualTo(2);
        }
    }

    @Test
    void a_database_that_was_never_used_or_is_closed_minds_no_checkpoint() throws Exception {
        try (ApplicationContext context = ApplicationContext.run(server.direct())) {
            Database database = context.getBean(Database.class);
            checkpoint();
            lambda.afterRestore(null);
            database.warmUp(SOON);
            database.close();
            checkpoint();
            lambda.afterRestore(null);
            assertThat(database.check().sqlState()).contains("08003");
        }
    }
}
