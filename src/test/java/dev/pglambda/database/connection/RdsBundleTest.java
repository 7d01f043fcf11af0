package dev.pglambda.database.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RdsBundleTest {

    @Test
    void the_shipped_authorities_parse_and_none_expires_soon() throws Exception {
        List<X509Certificate> authorities = CertificateAuthorities.read(Optional.empty());
        X509Certificate first = authorities.stream()
                .min(Comparator.comparing(X509Certificate::getNotAfter))
                .orElseThrow();
        System.out.println("The RDS bundle holds " + authorities.size() + " certificates; the first to expire is "
                + first.getSubjectX500Principal().getName() + " on "
                + first.getNotAfter().toInstant());
        assertThat(authorities)
                .hasSizeGreaterThan(80)
                .doesNotHaveDuplicates()
                .allMatch(a -> a.getBasicConstraints() >= 0);
        assertThat(first.getNotAfter().toInstant())
                .as("renew rds-ca-bundle.pem: its head says from where and by which rule")
                .isAfter(Instant.now().plus(Duration.ofDays(90)));
    }

    @Test
    void it_knows_the_regions_and_the_roots_of_rds_proxy() throws Exception {
        List<String> names = CertificateAuthorities.read(Optional.empty()).stream()
                .map(authority -> authority.getSubjectX500Principal().getName())
                .toList();
        assertThat(names)
                .anyMatch(name -> name.contains("Amazon RDS eu-west-1 Root CA RSA2048 G1"))
                .anyMatch(name -> name.contains("Amazon RDS us-east-1 Root CA ECC384 G1"))
                .anyMatch(name -> name.contains("Amazon Root CA 1"));
    }
}
