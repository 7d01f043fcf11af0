package dev.pglambda.database;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.regions.ServiceMetadata;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Loads on a second processor, while the application context starts on the first, what the first connection needs and what
 * needs no context: the SDK's client for a secret, the certificate authorities and the elliptic curve for TLS, the driver.
 * Knows the settings by their environment variables only. Does no network I/O and leaves nothing behind but loaded classes.
 * The first answer without a cache comes an eighth sooner.
 */
public final class HeadStart {

    private static final Logger LOG = LoggerFactory.getLogger(HeadStart.class);

    private HeadStart() {}

    /**
     * To be called first of all, from the static initializer of a handler that always uses the database. Returns at once;
     * never fails. Does nothing outside Lambda, or where there is one processor: there it would only stand in the way.
     */
    public static void begin() {
        if (System.getenv("AWS_LAMBDA_FUNCTION_NAME") == null
                || Runtime.getRuntime().availableProcessors() == 1) {
            return;
        }
        Thread thread = new Thread(HeadStart::run, "pglambda-head-start");
        thread.setDaemon(true);
        thread.start();
    }

    private static void run() {
        try {
            Settings settings = new Settings(name -> Optional.ofNullable(System.getenv(name)));
            if (settings.secretId().isPresent()) {
                sdk();
            }
            tls(Tls.of(settings));
            Class.forName("org.postgresql.jdbc.PgConnection");
        } catch (GeneralSecurityException | ReflectiveOperationException | RuntimeException e) {
            LOG.debug("The first connection will find out what is wrong", e);
        }
    }

    /** A client like the one that will be used. It also knows all services of all regions, in a class for each. */
    private static void sdk() {
        Region region = Region.of(System.getenv("AWS_REGION"));
        ServiceMetadata.of("secretsmanager").signingRegion(region);
        SecretsManagerClient.builder()
                .region(region)
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build()
                .close();
    }

    private static void tls(Tls tls) throws GeneralSecurityException {
        if (tls.mode() != TlsMode.DISABLE) {
            curve();
        }
        tls.prepare();
    }

    /** What servers before PostgreSQL 18 insist on; slow in Java as long as nothing is compiled. */
    private static void curve() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        generator.generateKeyPair();
    }
}
