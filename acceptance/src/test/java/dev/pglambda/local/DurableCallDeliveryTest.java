package dev.pglambda.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.local.lambda.api.InvokeApi;
import dev.pglambda.local.postgres.LocalPostgres;
import dev.pglambda.local.postgres.wire.AwsLambdaEndpoint;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The delivery of durable calls: after failures, and its end. */
class DurableCallDeliveryTest {

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final AtomicInteger calls = new AtomicInteger();
    private LocalPostgres postgres;
    private AwsLambdaEndpoint extension;

    @BeforeEach
    void start() throws SQLException {
        InvokeApi silent = request -> {
            calls.incrementAndGet();
            return new CompletableFuture<>();
        };
        postgres = LocalPostgres.start();
        extension = AwsLambdaEndpoint.open(postgres, database -> silent);
        execute("alter database " + LocalPostgres.DATABASE + " set aws_lambda.request_timeout_ms = 60000", true);
    }

    @AfterEach
    void stop() {
        extension.close();
        postgres.close();
    }

    @Test
    void a_failure_is_reported_once_and_delivery_continues_when_its_cause_is_removed() throws SQLException {
        DurableCallDelivery deliverer = DurableCallDelivery.start(postgres, LocalPostgres.DATABASE, told::add);
        try {
            Awaitility.await().until(() -> !told.isEmpty());
            assertThat(told)
                    .singleElement()
                    .asString()
                    .contains("durable calls are not delivered: ")
                    .contains("lambda");
            install();
            Awaitility.await().until(() -> calls.get() > 0);
            assertThat(told).hasSize(1);
        } finally {
            deliverer.close();
        }
    }

    @Test
    void closing_ends_an_unanswered_call_and_leaves_no_thread_no_connection_and_no_message() throws SQLException {
        install();
        DurableCallDelivery deliverer = DurableCallDelivery.start(postgres, LocalPostgres.DATABASE, told::add);
        Awaitility.await().until(() -> calls.get() > 0);
        deliverer.close();
        assertThat(Thread.getAllStackTraces().keySet().stream().map(Thread::getName))
                .doesNotContain(DurableCallDelivery.NAME);
        assertThat(told).isEmpty();
        deliverer.close();
        assertThat(value("select state from pglambda.outbox")).isEqualTo("running");
    }

    private void install() throws SQLException {
        try (Connection master = postgres.connectAsMaster(LocalPostgres.DATABASE)) {
            DatabasePreparation.installBundle(master);
            DatabasePreparation.register(master, "process", List.of());
        }
        execute("select pglambda.enqueue('process', '1')", false);
    }

    private void execute(String sql, boolean asSuperuser) throws SQLException {
        try (Connection session = asSuperuser
                        ? postgres.connectAsSuperuser(LocalPostgres.DATABASE)
                        : postgres.connectAsMaster(LocalPostgres.DATABASE);
                Statement statement = session.createStatement()) {
            statement.execute(sql);
        }
    }

    private String value(String sql) throws SQLException {
        try (Connection session = postgres.connectAsMaster(LocalPostgres.DATABASE);
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
