package dev.pglambda.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.call.Payload;
import dev.pglambda.lambda.LambdaFunction;
import dev.pglambda.local.junit.LocalPlatformTest;
import dev.pglambda.local.junit.Sql;
import io.micronaut.context.ApplicationContext;
import io.micronaut.test.extensions.junit5.annotation.MicronautTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;

@LocalPlatformTest(ProcessHandler.class)
@MicronautTest(transactional = false) // the sessions of SQL and of the handler commit on their own
class ProcessDataTest {

    @Inject
    ApplicationContext context;

    @Test
    void an_item_gives_its_receipt_and_is_stored(Sql app) throws SQLException {
        assertThat(app.value("select process_data('{\"id\": 123, \"value\": \"test\", \"tags\": [\"a\", null]}')"
                        + " #- '{processedData,timestamp}'"))
                .isEqualTo("""
                        {"status": "success", "message": "Data processed successfully", "duplicate": false, \
                        "processedData": {"id": 123, "tags": ["a", null], "value": "test", "processed": true}}""");
        assertThat(app.asMaster()
                        .rows(
                                "select id, value, attributes, now() - processed_at < interval '1 minute', length(call_id)"
                                        + " from pglambda.processed_items where id = 123"))
                .containsExactly(List.of("123", "test", "{\"tags\": [\"a\", null]}", "t", "36"));
    }

    @Test
    void the_same_item_again_gets_the_first_receipt_marked_as_duplicate(Sql app) throws SQLException {
        String call = "select process_data('{\"id\": 1, \"value\": \"test\", \"n\": 1.0}')";
        String first = app.value(call);
        assertThat(first).contains("\"duplicate\": false");
        assertThat(app.value(call)).isEqualTo(first.replace("\"duplicate\": false", "\"duplicate\": true"));
        assertThat(app.value("select process_data('{\"n\": 1, \"value\": \"test\", \"id\": 1}')->'duplicate'"))
                .as("1 and 1.0 are the same number")
                .isEqualTo("true");
    }

    @Test
    void durable_calls_are_delivered_when_the_test_says_so_each_under_its_own_id(Sql app) throws SQLException {
        app.value("select process_data_async('{\"id\": 71, \"value\": \"a\"}')");
        app.value("select process_data_async('{\"id\": 72, \"value\": \"b\"}')");
        app.asMaster().execute("call pglambda.deliver()");
        assertThat(app.asMaster()
                        .rows("select p.id, o.state, o.result -> 'duplicate' from pglambda.outbox o"
                                + " join pglambda.processed_items p on p.call_id = o.call_id::text order by 1"))
                .containsExactly(List.of("71", "done", "false"), List.of("72", "done", "false"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"id\": 2, \"value\": \"other\"}",
                "{\"id\": 2, \"value\": \"test\", \"more\": null}",
                "{\"id\": 2, \"value\": \"Test\"}",
            })
    void another_content_under_the_same_id_raises_23505(String item, Sql app) throws SQLException {
        app.value("select process_data('{\"id\": 2, \"value\": \"test\"}')");
        assertThatThrownBy(() -> app.value("select process_data(?::jsonb)", item))
                .isInstanceOfSatisfying(PSQLException.class, e -> {
                    assertThat(e.getSQLState()).isEqualTo("23505");
                    assertThat(e.getServerErrorMessage().getMessage())
                            .isEqualTo("item 2 has been processed with another content");
                });
        assertThat(app.value("select process_data('{\"id\": 2, \"value\": \"test\"}')->'duplicate'"))
                .isEqualTo("true");
    }

    @Test
    void of_many_sessions_that_send_the_same_id_at_the_same_moment_one_stores_it(Sql app) throws Exception {
        ExecutorService sessions = Executors.newFixedThreadPool(8);
        try {
            for (int id = 1000; id < 1010; id++) {
                String item = "{\"data\": {\"id\": " + id + ", \"value\": \"same\"}}";
                var function = new LambdaFunction(context, ProcessHandler.class);
                Callable<String> call = () -> function.execute(Payload.of(item)).text();
                List<String> replies = new ArrayList<>();
                for (Future<String> reply : sessions.invokeAll(Collections.nCopies(8, call))) {
                    replies.add(reply.get());
                }
                assertThat(replies)
                        .filteredOn(reply -> reply.contains("\"duplicate\":false"))
                        .hasSize(1);
                assertThat(replies)
                        .filteredOn(reply -> reply.contains("\"duplicate\":true"))
                        .hasSize(7);
            }
        } finally {
            sessions.shutdownNow();
        }
        assertThat(app.asMaster().value("select count(*) from pglambda.processed_items where id between 1000 and 1009"))
                .isEqualTo("10");
    }

    @Test
    void a_batch_has_an_outcome_for_each_item_in_order(Sql app) throws SQLException {
        var function = new LambdaFunction(context, ProcessHandler.class);
        String reply = function.execute(Payload.of("""
                        {"batch": [{"id": 2001, "value": "a"}, {"id": 0, "value": "b"}, {"id": 2001, "value": "a"},
                                   {"id": 2001, "value": "c"}, 7, {"id": 2002, "value": "d", "x": 1}]}""")).text();
        assertThat(app.rows("""
                        select coalesce(r->'error'->>'sqlstate', r->'result'->>'duplicate'),
                               r->'result'->'processedData'->>'id'
                          from jsonb_array_elements(?::jsonb->'results') with ordinality as t(r, n) order by n""", reply))
                .containsExactly(
                        List.of("false", "2001"),
                        Arrays.asList("22023", null),
                        List.of("true", "2001"),
                        Arrays.asList("23505", null),
                        Arrays.asList("22023", null),
                        List.of("false", "2002"));
    }

    @Test
    void a_large_batch_is_one_transaction(Sql app) throws SQLException {
        var function = new LambdaFunction(context, ProcessHandler.class);
        String items = IntStream.range(10_000, 12_000)
                .mapToObj(id -> "{\"id\": " + id + ", \"value\": \"v" + id + "\"}")
                .collect(Collectors.joining(","));
        assertThat(function.execute(Payload.of("{\"batch\": [" + items + "]}")).text())
                .doesNotContain("\"error\"");
        assertThat(app.asMaster()
                        .rows("select count(*), count(distinct xmin::text), count(distinct processed_at)"
                                + " from pglambda.processed_items where id >= 10000"
                                + " and id < 12000"))
                .containsExactly(List.of("2000", "1", "1"));
    }

    /** Each waits for the rows of the other, unless both take them in the same order. */
    @Test
    void two_batches_with_the_same_items_in_opposite_order_do_not_deadlock(Sql app) throws Exception {
        ExecutorService sessions = Executors.newFixedThreadPool(2);
        try {
            for (int first = 20_000; first < 22_000; first += 200) {
                List<String> items = new ArrayList<>(IntStream.range(first, first + 200)
                        .mapToObj(id -> "{\"id\": " + id + ", \"value\": \"same\"}")
                        .toList());
                Callable<String> forth = batch(items);
                Collections.reverse(items);
                for (Future<String> reply : sessions.invokeAll(List.of(forth, batch(items)))) {
                    assertThat(reply.get()).doesNotContain("\"error\"");
                }
            }
        } finally {
            sessions.shutdownNow();
        }
        assertThat(app.asMaster()
                        .value("select count(*) from pglambda.processed_items where id between 20000 and 21999"))
                .isEqualTo("2000");
    }

    private Callable<String> batch(List<String> items) {
        var function = new LambdaFunction(context, ProcessHandler.class);
        Payload request = Payload.of("{\"batch\": [" + String.join(",", items) + "]}");
        return () -> function.execute(request).text();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | id: must not be null; value: must not be blank",
                "{\"id\": 0, \"value\": \" \"} | id: must be greater than or equal to 1; value: must not be blank",
                "{\"id\": \"123\", \"value\": \"\"} | id: must be an integer, not text \"123\"; value: must not be blank",
                "{\"id\": 1.5, \"value\": \"a\"} | id: must be an integer, not number 1.5",
                "{\"id\": true, \"value\": []} | id: must be an integer, not boolean true; value: must be text, not array []",
                "{\"id\": 9223372036854775808, \"value\": \"a\"}"
                        + " | id: must be between -9223372036854775808 and 9223372036854775807,"
                        + " not number 9223372036854775808",
                "{\"id\": null, \"value\": null} | id: must not be null; value: must not be blank",
            })
    void a_wrong_item_raises_22023_with_every_violation(String item, String detail, Sql app) {
        assertThatThrownBy(() -> app.value("select process_data(?::jsonb)", item))
                .isInstanceOfSatisfying(PSQLException.class, e -> {
                    assertThat(e.getSQLState()).isEqualTo("22023");
                    assertThat(e.getServerErrorMessage().getDetail()).isEqualTo(detail);
                });
    }

    @Test
    void the_largest_id_is_taken(Sql app) throws SQLException {
        assertThat(app.value("select process_data('{\"id\": 9223372036854775807, \"value\": \"a\"}')"
                        + "->'processedData'->'id'"))
                .isEqualTo("9223372036854775807");
    }

    @Test
    void null_gives_null(Sql app) throws SQLException {
        assertThat(app.value("select process_data(null)")).isNull();
    }
}
