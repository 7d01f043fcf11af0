package dev.pglambda.database;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import dev.pglambda.database.connection.Pool;
import dev.pglambda.database.connection.PoolAccess;
import dev.pglambda.database.testkit.CapturedLog;
import dev.pglambda.database.testkit.FakeSecretsManager;
import dev.pglambda.database.testkit.TestCertificates;
import dev.pglambda.database.testkit.TestServer;
import dev.pglambda.handler.Deadline;
import io.micronaut.context.ApplicationContext;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.junit.jupiter.api.Test;

/** Runs successes and failures with every logger at TRACE, and searches all output for passwords. */
class NothingPrintsThePasswordTest {

    private static final String RIGHT = "right-Passw0rd-kept-secret";
    private static final String WRONG = "wrong-Passw0rd-kept-secret";
    private static final String KEPT_SECRET = "Passw0rd-kept-secret";

    private final TestServer server = TestServer.shared();
    private final List<String> output = new ArrayList<>();

    @Test
    void in_no_message_log_stack_trace_or_text_form() {
        server.sql("create role quiet login password '" + RIGHT + "'");
        Logger driver = Logger.getLogger("org.postgresql");
        DriverLog driverLog = new DriverLog();
        driver.setLevel(java.util.logging.Level.ALL);
        driver.addHandler(driverLog);
        // At TRACE, Micronaut prints every property that it is asked for; on Lambda, ours is a variable that it is not.
        try (CapturedLog log = new CapturedLog("ROOT", Level.TRACE);
                CapturedLog properties = new CapturedLog("io.micronaut.context", Level.DEBUG);
                FakeSecretsManager secrets = new FakeSecretsManager()) {
            direct(RIGHT);
            direct(WRONG);
            secrets.holds(secret(RIGHT));
            use(settings(secrets));
            use(settings(secrets, "db.ssl-mode", "disable"));
            use(settings(secrets, "db.ssl-root-cert", TestCertificates.shared().otherAuthority()));
            secrets.holds(secret(WRONG));
            use(settings(secrets));
            secrets.holdsText("{\"username\": \"quiet\", \"password\": \"" + RIGHT);
            use(settings(secrets));
            secrets.holdsText("{\"user\": \"quiet\", \"pass\": \"" + RIGHT + "\"}");
            use(settings(secrets));
            secrets.holdsBinary("{\"password\": \"" + RIGHT + "\"}");
            use(settings(secrets));
            output.addAll(log.lines());
            output.addAll(properties.lines());
        } finally {
            driver.removeHandler(driverLog);
            driver.setLevel(null);
        }
        output.addAll(driverLog.lines);
        assertThat(output).hasSizeGreaterThan(1000);
        assertThat(output).anyMatch(line -> line.contains("GetSecretValue"));
        assertThat(output.stream().filter(line -> line.contains(KEPT_SECRET)).toList())
                .isEmpty();
    }

    private Map<String, Object> secret(String password) {
        Map<String, Object> secret = server.secret(password);
        secret.put("username", "quiet");
        return secret;
    }

    private static Map<String, Object> settings(FakeSecretsManager secrets, Object... more) {
        Map<String, Object> settings = secrets.settings();
        settings.put("db.ssl-root-cert", TestCertificates.shared().authority());
        for (int i = 0; i < more.length; i += 2) {
            settings.put((String) more[i], more[i + 1]);
        }
        return settings;
    }

    private void direct(String password) {
        use(server.direct("db.user", "quiet", "db.password", password));
    }

    private void use(Map<String, Object> settings) {
        try (ApplicationContext context = ApplicationContext.run(settings)) {
            Database database = context.getBean(Database.class);
            Deadline deadline = Deadline.of(Duration.ofMillis(700));
            output.add(database.check(deadline).toString());
            collect(() -> database.repeatable().update(deadline, "select wrong"));
            collect(() -> database.inTransaction(deadline, tx -> tx.update("select wrong")));
            output.add(database.toString());
            DatabaseFactory.Lifecycle lifecycle = context.getBean(DatabaseFactory.Lifecycle.class);
            output.add(lifecycle.toString());
            lifecycle.connections().pool().ifPresent(this::collect);
        }
    }

    private void collect(Pool pool) {
        output.add(PoolAccess.describe(pool));
    }

    private void collect(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            output.add(trace.toString());
        }
    }

    /** pgjdbc logs through java.util.logging. */
    private static final class DriverLog extends Handler {

        private final Queue<String> lines = new ConcurrentLinkedQueue<>();
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord line) {
            lines.add(formatter.format(line));
        }

        @Override
        public void flush() {
            // no buffer
        }

        @Override
        public void close() {
            // no resource
        }
    }
}
