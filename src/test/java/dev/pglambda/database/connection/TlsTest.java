package dev.pglambda.database.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.pglambda.database.Database;
import dev.pglambda.database.DatabaseException;
import dev.pglambda.database.settings.Settings;
import dev.pglambda.database.testkit.FakeSecretsManager;
import dev.pglambda.database.testkit.TestCertificates;
import dev.pglambda.database.testkit.TestServer;
import dev.pglambda.handler.Deadline;
import io.micronaut.context.ApplicationContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With a secret, the password goes to the server that the certificate names, and to no other. */
class TlsTest {

    private static final TestCertificates CERTIFICATES = TestCertificates.shared();
    private static final Deadline SOON = Deadline.of(Duration.ofMinutes(5));

    @TempDir
    private Path directory;

    /** A server that the shared one cannot replace: without TLS at first, then with the certificate of a test. */
    private static TestServer changing;

    private final TestServer server = TestServer.shared();

    @BeforeAll
    static void start() {
        changing = TestServer.started();
    }

    @AfterAll
    static void stop() {
        changing.close();
    }

    private static List<Boolean> connect(TestServer server, Object... settings) {
        try (FakeSecretsManager secrets = new FakeSecretsManager().holds(server.secret(TestServer.PASSWORD));
                ApplicationContext context = ApplicationContext.run(secrets.settings(settings))) {
            return context.getBean(Database.class)
                    .query(SOON, "select ssl from pg_stat_ssl where pid = pg_backend_pid()", row -> row.getBoolean(1));
        }
    }

    private static Settings direct(Map<String, String> more) {
        Map<String, String> rest = Map.of("DB_NAME", "x", "DB_USER", "x", "DB_PASSWORD", "x");
        return new Settings(name -> Optional.ofNullable(more.getOrDefault(name, rest.get(name))));
    }

    /** Fails at once, because waiting would not help. */
    private static void isRefused(String sqlState, String advice, TestServer server, Object... settings) {
        long begin = System.nanoTime();
        assertThatThrownBy(() -> connect(server, settings))
                .asInstanceOf(type(DatabaseException.class))
                .returns(sqlState, DatabaseException::sqlState)
                .matches(e -> e.getMessage().contains(advice), advice);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void the_right_certificate_passes() {
        assertThat(connect(server, "db.ssl-root-cert", CERTIFICATES.authority()))
                .containsExactly(true);
        assertThat(connect(server, "db.ssl-root-cert", CERTIFICATES.authority(), "db.ssl-mode", "verify-ca"))
                .containsExactly(true);
    }

    @Test
    void another_authority_is_refused() {
        String advice = "set DB_SSL_ROOT_CERT to the PEM file of the one that has";
        isRefused("08006", advice, server);
        isRefused("08006", advice, server, "db.ssl-root-cert", CERTIFICATES.otherAuthority());
        isRefused(
                "08006", advice, server, "db.ssl-root-cert", CERTIFICATES.otherAuthority(), "db.ssl-mode", "verify-ca");
    }

    @Test
    void a_certificate_for_another_host_is_refused_unless_only_the_authority_counts() {
        changing.configure(CERTIFICATES.forAnotherHost());
        String advice = "the server's certificate is not for 'localhost'";
        isRefused("08006", advice, changing, "db.ssl-root-cert", CERTIFICATES.authority());
        assertThat(connect(changing, "db.ssl-root-cert", CERTIFICATES.authority(), "db.ssl-mode", "verify-ca"))
                .containsExactly(true);
    }

    @Test
    void an_expired_certificate_is_refused() {
        changing.configure(CERTIFICATES.expired());
        isRefused("08006", "has expired: renew it", changing, "db.ssl-root-cert", CERTIFICATES.authority());
    }

    @Test
    void a_server_without_tls_is_refused() {
        changing.configure(Map.of("ssl", "off"));
        isRefused("08004", "Switch TLS on at the server", changing, "db.ssl-root-cert", CERTIFICATES.authority());
    }

    @Test
    void less_than_a_checked_certificate_is_refused_with_a_secret() {
        isRefused("F0000", "DB_SSL_MODE is 'disable', which would send", server, "db.ssl-mode", "disable");
        isRefused("F0000", "DB_SSL_MODE is 'require', which would send", server, "db.ssl-mode", "require");
        isRefused("F0000", "DB_SSL_MODE is 'verify-ca' without DB_SSL_ROOT_CERT", server, "db.ssl-mode", "verify-ca");
        isRefused("F0000", "DB_SSL_MODE is 'prefer': it must be one of", server, "db.ssl-mode", "prefer");
    }

    @Test
    void an_unusable_authority_file_is_reported_with_its_setting() throws IOException {
        isRefused("F0000", "DB_SSL_ROOT_CERT is '/nowhere/ca.pem'", server, "db.ssl-root-cert", "/nowhere/ca.pem");
        Path empty = Files.writeString(directory.resolve("empty.pem"), "nothing in here\n");
        isRefused("F0000", "DB_SSL_ROOT_CERT is '" + empty, server, "db.ssl-root-cert", empty);
    }

    @Test
    void direct_settings_are_plain_to_this_machine_only() {
        assertThat(Tls.of(direct(Map.of("DB_HOST", "localhost"))).mode()).isEqualTo(TlsMode.DISABLE);
        assertThat(Tls.of(direct(Map.of("DB_HOST", "db.example.com"))).mode()).isEqualTo(TlsMode.VERIFY_FULL);
        assertThat(Tls.of(direct(Map.of("DB_HOST", "db", "DB_SSL_MODE", "disable")))
                        .mode())
                .isEqualTo(TlsMode.DISABLE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"DB_SECRET_ARN", "DB_SECRET_NAME", "RDS_SECRET_ARN"})
    void a_secret_by_whatever_name_is_not_plain_even_to_this_machine(String name) {
        assertThat(Tls.of(direct(Map.of("DB_HOST", "localhost", name, "some/secret")))
                        .mode())
                .isEqualTo(TlsMode.VERIFY_FULL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"disable", "require"})
    void authorities_are_not_read_when_certificates_are_not_checked(String mode) {
        Tls.of(direct(Map.of("DB_HOST", "db", "DB_SSL_MODE", mode, "DB_SSL_ROOT_CERT", "/nowhere/" + mode)))
                .prepare();
        Tls checked = Tls.of(direct(Map.of("DB_HOST", "db", "DB_SSL_ROOT_CERT", "/nowhere/" + mode)));
        assertThatThrownBy(checked::prepare).isInstanceOf(Settings.WrongSetting.class);
    }

    @Test
    void direct_settings_may_ask_for_encryption_alone() {
        try (ApplicationContext context = ApplicationContext.run(server.direct("db.ssl-mode", "require"))) {
            context.getBean(Database.class).warmUp(SOON);
        }
    }
}
