package dev.pglambda.monitor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.pglambda.database.DatabaseException;
import dev.pglambda.handler.Deadline;
import dev.pglambda.local.junit.LocalPlatformTest;
import dev.pglambda.local.junit.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.ObjectMapper;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Function monitor on a real outbox, whose functions cannot be called: no such function is deployed. */
@LocalPlatformTest({})
@MicronautTest(transactional = false) // the sessions of SQL and of the handler must see each other's work
class MonitorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Inject
    ApplicationContext context;

    @Inject
    Outbox outbox;

    @Inject
    ObjectMapper json;

    @AfterEach
    void clear(Sql app) throws SQLException {
        Sql master = app.asMaster();
        master.execute("set role pglambda_owner");
        master.execute("truncate pglambda.outbox");
    }

    @Test
    void an_empty_outbox_is_measured_with_zeros(Sql app) throws SQLException {
        assertThat(measure())
                .containsExactly(new Measurement("Database", database(app), 0, new Measurement.Items(0, 0, 0)));
    }

    @Test
    void each_function_that_has_items_is_measured_and_all_of_them_together(Sql app) throws SQLException {
        Sql master = app.asMaster();
        master.execute("select pglambda.register('broken', 'broken', max_attempts => 1)");
        master.execute("select pglambda.enqueue('broken', '1')");
        master.execute("call pglambda.deliver()");
        master.execute("select pglambda.register('slow', 'slow', max_batch_items => 2)");
        master.execute("select pglambda.enqueue('slow', '1') from generate_series(1, 3)");
        master.execute("select pglambda_private.claim(2)");
        master.execute("select pglambda.register('later', 'later')");
        master.execute("select pglambda.enqueue('later', '1', delay => '1 hour')");
        assertThat(measure())
                .containsExactly(
                        new Measurement("Database", database(app), 0, new Measurement.Items(2, 2, 1)),
                        new Measurement("Function", "broken", 0, new Measurement.Items(0, 0, 1)),
                        new Measurement("Function", "later", 0, new Measurement.Items(1, 0, 0)),
                        new Measurement("Function", "slow", 0, new Measurement.Items(1, 2, 0)));
    }

    @Test
    void the_age_is_that_of_the_oldest_item_that_is_due(Sql app) throws SQLException {
        Sql master = app.asMaster();
        master.execute("select pglambda.register('slow', 'slow')");
        master.execute("select pglambda.register('slower', 'slower')");
        master.execute("select pglambda.enqueue('slow', '1'), pglambda.enqueue('slower', '1')");
        master.execute("set role pglambda_owner");
        master.execute(
                "update pglambda.outbox set due_at = now() - case function when 'slow' then interval '10 minutes'"
                        + " else interval '2 hours' end");
        assertThat(measure())
                .extracting(Measurement::name, measurement -> measurement.oldestSeconds() / 60)
                .containsExactly(tuple(database(app), 120L), tuple("slow", 10L), tuple("slower", 120L));
    }

    @Test
    void what_is_printed_is_a_json_object_in_each_line_from_which_cloudwatch_takes_the_metrics(Sql app)
            throws Exception {
        app.asMaster().execute("select pglambda.register('slow', 'slow')");
        app.asMaster().execute("select pglambda.enqueue('slow', '1')");
        List<String> printed = printedBy(context.getBean(MonitorHandler.class));
        assertThat(printed).hasSize(2);
        Map<?, ?> line = json.readValue(printed.get(1), Map.class);
        assertThat(line.keySet().stream().map(Object::toString))
                .containsExactly("_aws", "Function", "OldestSeconds", "Waiting", "Running", "Dead");
        assertThat(line.get("Function")).isEqualTo("slow");
        assertThat(((Number) line.get("Waiting")).intValue()).isEqualTo(1);
        Map<?, ?> about = (Map<?, ?>) line.get("_aws");
        assertThat(Instant.ofEpochMilli(((Number) about.get("Timestamp")).longValue()))
                .isBetween(Instant.now().minus(PATIENCE), Instant.now());
        assertThat(about.get("CloudWatchMetrics").toString())
                .isEqualTo("[{Namespace=pglambda, Dimensions=[[Function]], Metrics=["
                        + "{Name=OldestSeconds, Unit=Seconds}, {Name=Waiting, Unit=Count},"
                        + " {Name=Running, Unit=Count}, {Name=Dead, Unit=Count}]}]");
        assertThat(printed.get(0)).contains("\"Dimensions\":[[\"Database\"]]", "\"Database\":\"" + database(app));
    }

    @Test
    void the_namespace_is_what_the_environment_says_and_names_are_escaped() throws Exception {
        var measured = new Measurement("Database", "a\"b\n", 1, new Measurement.Items(2, 3, 4));
        String line = new MetricLines("shop", json).of(List.of(measured));
        assertThat(line).endsWith("}\n").containsOnlyOnce("\n").contains("\"Namespace\":\"shop\"");
        assertThat(json.readValue(line, Map.class).get("Database")).isEqualTo("a\"b\n");
    }

    @Test
    void without_the_right_to_look_nothing_is_printed_and_the_failure_is_thrown(Sql app) throws SQLException {
        Sql master = app.asMaster();
        master.execute("set role pglambda_owner");
        master.execute("revoke select on pglambda.outbox_status from pglambda_deliverer");
        try {
            assertThatThrownBy(() -> printedBy(context.getBean(MonitorHandler.class)))
                    .isInstanceOfSatisfying(DatabaseException.class, e -> assertThat(e.sqlState())
                            .isEqualTo("42501"));
        } finally {
            master.execute("grant select on pglambda.outbox_status to pglambda_deliverer");
        }
    }

    @Test
    void a_lock_on_the_outbox_is_waited_for_no_longer_than_the_deadline(Sql app) throws SQLException {
        Sql master = app.asMaster();
        master.execute("set role pglambda_owner");
        master.execute("begin");
        master.execute("lock table pglambda.outbox");
        assertThatThrownBy(() -> outbox.measure(Deadline.of(Duration.ofSeconds(1))))
                .isInstanceOf(DatabaseException.class);
        master.execute("rollback");
    }

    private List<Measurement> measure() {
        return outbox.measure(Deadline.of(PATIENCE));
    }

    private static String database(Sql app) throws SQLException {
        return app.value("select current_database()");
    }

    private static List<String> printedBy(MonitorHandler handler) {
        PrintStream before = System.out;
        var printed = new ByteArrayOutputStream();
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            handler.handle(JsonNode.nullNode(), Deadline.of(PATIENCE));
        } finally {
            System.setOut(before);
        }
        String text = printed.toString(StandardCharsets.UTF_8);
        return text.lines().toList();
    }
}
