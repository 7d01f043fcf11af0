package dev.pglambda.bench.database;

import dev.pglambda.database.Database;
import dev.pglambda.database.testkit.FakeSecretsManager;
import dev.pglambda.database.testkit.TestCertificates;
import dev.pglambda.database.testkit.TestServer;
import dev.pglambda.handler.Deadline;
import io.micronaut.context.ApplicationContext;
import java.time.Duration;
import java.util.concurrent.Callable;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;

/**
 * Where the time of the first connection of a new process goes: each step for the first time in this JVM, in the order
 * of a cold start, then the same again. Secrets Manager and server are on this machine, so this is the cost of
 * the layer and of class loading. On AWS, add two round trips to Secrets Manager and five to the server.
 */
final class FirstConnectionBench {

    private static final Deadline SOON = Deadline.of(Duration.ofMinutes(5));

    private FirstConnectionBench() {}

    public static void main(String[] args) throws Exception {
        TestServer server = TestServer.shared(); // stops with this JVM
        String authority = TestCertificates.shared().authority().toString();
        try (FakeSecretsManager secrets = new FakeSecretsManager().holds(server.secret(TestServer.PASSWORD))) {
            System.out.println("The first connection, step by step");
            connect(secrets, authority);
            System.out.println("The same once more, now that the classes are loaded");
            connect(secrets, authority);
        }
    }

    private static void connect(FakeSecretsManager secrets, String authority) throws Exception {
        try (ApplicationContext context = timed(
                "Micronaut's context (not the layer's)",
                () -> ApplicationContext.run(secrets.settings("db.ssl-root-cert", authority)))) {
            Database database =
                    timed("Database, its repositories' and transactions' beans", () -> context.getBean(Database.class));
            timed("the SDK's client", () -> context.getBean(SecretsManagerClient.class));
            timed("secret, pool, authority, TCP, TLS, scram, select 1", () -> first(database));
            timed("a call on the warm pool", () -> first(database));
        }
    }

    private static boolean first(Database database) {
        database.warmUp(SOON);
        return true;
    }

    private static <T> T timed(String what, Callable<T> step) throws Exception {
        long begin = System.nanoTime();
        T result = step.call();
        System.out.printf("  %-52s %8.1f ms%n", what, (System.nanoTime() - begin) / 1e6);
        return result;
    }
}
