package dev.pglambda.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.pglambda.database.connection.Pool;
import dev.pglambda.database.connection.PoolAccess;
import dev.pglambda.database.testkit.FakeSecretsManager;
import dev.pglambda.database.testkit.TestCertificates;
import dev.pglambda.database.testkit.TestServer;
import dev.pglambda.handler.Deadline;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mistake in a secret, over HTTP and the real SDK, is a clear error without the password. */
class SecretsTest {

    private static final TestCertificates CERTIFICATES = TestCertificates.shared();
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private final TestServer server = TestServer.shared();
    private final FakeSecretsManager secrets = new FakeSecretsManager();

    @AfterEach
    void close() {
        secrets.close();
    }

    private ApplicationContext context(Object... more) {
        Map<String, Object> settings = secrets.settings(more);
        settings.put("db.ssl-root-cert", CERTIFICATES.authority());
        return ApplicationContext.run(settings);
    }

    private void works(Object... more) {
        try (ApplicationContext context = context(more)) {
            context.getBean(Database.class).warmUp(Deadline.of(Duration.ofSeconds(20)));
        }
    }

    /** At once, long before this deadline. */
    private void fails(String sqlState, String... words) {
        failsWithin(Duration.ofSeconds(20), sqlState, words);
    }

    private void failsWithin(Duration patience, String sqlState, String... words) {
        try (ApplicationContext context = context()) {
            assertThatThrownBy(() -> context.getBean(Database.class).warmUp(Deadline.of(patience)))
                    .asInstanceOf(type(DatabaseException.class))
                    .satisfies(e -> assertThat(e.sqlState()).as(e.getMessage()).isEqualTo(sqlState))
                    .satisfies(e -> assertThat(e.getMessage()).contains(words))
                    .satisfies(e -> assertThat(e).hasStackTraceContaining(words[0]))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain(TestServer.PASSWORD));
        }
    }

    private Map<String, Object> without(String... fields) {
        Map<String, Object> secret = new LinkedHashMap<>(server.secret(TestServer.PASSWORD));
        for (String field : fields) {
            secret.remove(field);
        }
        return secret;
    }

    private Map<String, Object> with(String field, String value) {
        Map<String, Object> secret = without();
        secret.put(field, value);
        return secret;
    }

    @Test
    void the_port_may_be_a_number_or_text_or_missing() {
        secrets.holds(without());
        works();
        secrets.holds(with("port", String.valueOf(server.port())));
        works();
        secrets.holds(without("port"));
        works("db.port", server.port());
    }

    @Test
    void what_a_secret_managed_by_rds_leaves_out_comes_from_settings() {
        secrets.holds(without("host", "port", "dbname", "engine"));
        works("db.host", "localhost", "db.port", server.port(), "db.name", "postgres");
    }

    @Test
    void a_proxy_overrides_the_host_of_the_secret() {
        secrets.holds(with("host", "database.invalid"));
        works("db.proxy-host", "localhost");
    }

    @Test
    void every_name_of_the_setting_is_accepted() {
        secrets.holds(without());
        works("db.secret-arn", "", "db.secret-name", "app");
        works("db.secret-arn", "", "rds.secret-arn", FakeSecretsManager.SECRET_ID);
    }

    @Test
    void missing_fields_are_all_named() {
        secrets.holds(without("password"));
        fails("F0000", "'" + FakeSecretsManager.SECRET_ID + "' lacks password");
        secrets.holds(without("username", "dbname", "host"));
        fails("F0000", "lacks username, host (or set DB_HOST), dbname (or set DB_NAME)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"password\": \"" + TestServer.PASSWORD, TestServer.PASSWORD, "[]", "null", "\"\"", ""})
    void malformed_json_is_reported_and_not_quoted(String malformed) {
        secrets.holdsText(malformed);
        fails("F0000", "is not a JSON object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "0", "65536", "54.32"})
    void an_invalid_port_is_reported(String port) {
        secrets.holds(with("port", port));
        fails("F0000", "has a port that is not a whole number from 1 to 65535");
    }

    @Test
    void a_secret_of_another_engine_is_reported() {
        secrets.holds(with("engine", "mysql"));
        fails("F0000", "is for the engine 'mysql'");
    }

    @Test
    void a_binary_secret_is_reported() {
        secrets.holdsBinary("{\"password\": \"" + TestServer.PASSWORD + "\"}");
        fails("F0000", "is binary");
    }

    @Test
    void refusals_say_what_to_do_and_are_not_repeated() {
        secrets.fails(400, "AccessDeniedException");
        fails("28000", "AccessDeniedException", "needs secretsmanager:GetSecretValue");
        secrets.fails(400, "ResourceNotFoundException");
        fails("28000", "ResourceNotFoundException", "check DB_SECRET_ARN and the region");
        assertThat(secrets.calls()).isBetween(2, 4);
    }

    @Test
    void throttling_and_outages_are_waited_for_until_the_deadline() {
        secrets.holds(without());
        works(); // the SDK is slow the first time
        secrets.fails(400, "ThrottlingException");
        failsWithin(PATIENCE, "08001", "ThrottlingException");
        assertThat(secrets.calls()).isGreaterThan(2);
        secrets.fails(500, "InternalServiceError");
        failsWithin(PATIENCE, "08001", "InternalServiceError");
        secrets.isSilent();
        failsWithin(PATIENCE, "08001", "no connection could be made in time: the credentials did not answer");
        secrets.close();
        failsWithin(PATIENCE, "08001", "Secrets Manager cannot be reached");
    }

    @Test
    void a_password_that_the_server_refuses_is_reported_after_the_deadline() {
        secrets.holds(server.secret("wrong-password"));
        failsWithin(PATIENCE.multipliedBy(8), "28P01", "with the password that the secret holds");
    }

    @Test
    void forgotten_credentials_are_read_again_and_remembered_ones_are_not() {
        secrets.holds(without());
        try (ApplicationContext context = context()) {
            Database database = context.getBean(Database.class);
            Pool pool = warmPool(context, database);
            PoolAccess.renewConnections(pool);
            database.warmUp(Deadline.none());
            assertThat(secrets.calls()).isEqualTo(1);
            database.forgetCredentials();
            PoolAccess.renewConnections(pool);
            database.warmUp(Deadline.none());
            assertThat(secrets.calls()).isEqualTo(2);
        }
    }

    private static Pool warmPool(ApplicationContext context, Database database) {
        database.warmUp(Deadline.none());
        return context.getBean(DatabaseFactory.Lifecycle.class)
                .connections()
                .pool()
                .orElseThrow();
    }
}
