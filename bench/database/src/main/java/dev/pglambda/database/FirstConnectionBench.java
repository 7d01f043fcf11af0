package dev.pglambda.database;

import dev.pglambda.handler.Deadline;
import io.micronaut.context.ApplicationContext;
import io.micronaut.json.JsonMapper;
import java.sql.Connection;
import java.time.Duration;
import java.util.Optional;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Where the time of the first connection of a new process goes: each step for the first time in this JVM, in the order
 * of a cold start, then the same again. Secrets Manager and server are on this machine, so this is the cost of
 * the layer and of class loading. On AWS, add two round trips to Secrets Manager and five to the server.
 */
final class FirstConnectionBench {

    private static final Deadline SOON = Deadline.of(Duration.ofMinutes(5));

    private FirstConnectionBench() {}

    private interface Step<T> {
        T run() throws Exception;
    }

    private static <T> T timed(String what, Step<T> step) throws Exception {
        long begin = System.nanoTime();
        T result = step.run();
        System.out.printf("  %-52s %8.1f ms%n", what, (System.nanoTime() - begin) / 1e6);
        return result;
    }

    public static void main(String[] args) throws Exception {
        TestServer server = TestServer.shared(); // stops with this JVM
        Optional<String> authority =
                Optional.of(TestCertificates.shared().authority().toString());
        try (FakeSecretsManager secrets = new FakeSecretsManager().holds(server.secret(TestServer.PASSWORD))) {
            System.out.println("The first connection, step by step");
            ApplicationContext context = timed(
                    "Micronaut's context (not the layer's)",
                    () -> ApplicationContext.run(secrets.settings("db.ssl-root-cert", authority.get())));
            Database database =
                    timed("Database, its repositories' and transactions' beans", () -> context.getBean(Database.class));
            timed("the SDK's client", () -> context.getBean(SecretsManagerClient.class));
            timed("RDS authorities, 92 certificates", () -> CertificateAuthorities.context(Optional.empty()));
            timed("the rest: secret, pool, TCP, TLS, scram, select 1", () -> first(database));
            System.out.println("The same parts once more, now that their classes are loaded");
            Credentials credentials = timed("secret", () -> secret(context));
            Connector connector = new Connector(new Tls(TlsMode.VERIFY_FULL, authority), Duration.ofSeconds(10));
            Connection connection = timed("TCP, TLS, scram", () -> connector.open(credentials, SOON));
            timed("select 1", () -> connection.createStatement().execute("select 1"));
            connection.close();
            timed("RDS authorities", () -> CertificateAuthorities.context(Optional.empty()));
            timed("a call on the warm pool", () -> first(database));
            context.close();
        }
    }

    private static boolean first(Database database) {
        database.warmUp(SOON);
        return true;
    }

    private static Credentials secret(ApplicationContext context) throws Exception {
        Settings none = new Settings(name -> Optional.empty());
        SecretDocument document = new SecretDocument(context.getBean(JsonMapper.class), none);
        return new SecretCredentials(
                        FakeSecretsManager.SECRET_ID,
                        () -> context.getBean(SecretsManagerClient.class),
                        document,
                        System::nanoTime)
                .current(SOON);
    }
}
