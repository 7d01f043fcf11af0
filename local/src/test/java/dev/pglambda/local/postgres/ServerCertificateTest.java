package dev.pglambda.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerCertificateTest {

    @Test
    void names_this_machine_and_is_its_own_authority() throws Exception {
        ServerCertificate made = ServerCertificate.create();
        X509Certificate certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(made.pem().getBytes(StandardCharsets.US_ASCII)));
        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity();
        assertThat(certificate.getSubjectAlternativeNames())
                .containsExactlyInAnyOrder(List.of(7, "127.0.0.1"), List.of(2, "localhost"));
        assertThat(certificate.getBasicConstraints()).isPositive();
        assertThat(made.toString()).doesNotContain("KEY");
        assertThat(ServerCertificate.create().pem()).isNotEqualTo(made.pem());
    }

    @Test
    void the_server_proves_itself_with_it_and_with_no_other(@TempDir Path directory) throws Exception {
        ServerCertificate certificate = ServerCertificate.create();
        Path right = Files.writeString(directory.resolve("right.pem"), certificate.pem());
        Path wrong = Files.writeString(
                directory.resolve("wrong.pem"), ServerCertificate.create().pem());
        try (LocalPostgres postgres = LocalPostgres.start(0, Optional.of(certificate))) {
            assertThat(encrypted(postgres, "?sslmode=verify-full&sslrootcert=" + right))
                    .isEqualTo("t");
            assertThat(encrypted(postgres, "?sslmode=disable")).isEqualTo("f");
            assertThatThrownBy(() -> encrypted(postgres, "?sslmode=verify-full&sslrootcert=" + wrong))
                    .isInstanceOf(SQLException.class);
        }
    }

    private static String encrypted(LocalPostgres postgres, String parameters) throws SQLException {
        String url = postgres.jdbcUrl(LocalPostgres.DATABASE) + parameters;
        try (Connection app = DriverManager.getConnection(url, LocalPostgres.APP, LocalPostgres.APP);
                Statement statement = app.createStatement();
                ResultSet row = statement.executeQuery("select ssl from pg_stat_ssl where pid = pg_backend_pid()")) {
            row.next();
            return row.getString(1);
        }
    }
}
