package dev.pglambda.bundle.durable;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.DurableFunction;
import dev.pglambda.bundle.kit.Sql;
import dev.pglambda.bundle.kit.SqlError;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The trigger function pglambda.enqueue_row. */
class EnqueueRowTest {

    private BundleServer database;
    private Sql master;
    private Sql app;

    @BeforeEach
    void connect() {
        database = BundleServer.cloned();
        master = database.as("master");
        app = database.as("app");
        master.execute("""
                create schema shop;
                create table shop."Orders" (id bigint generated always as identity, price numeric, at timestamptz);
                grant usage on schema shop to app;
                grant insert on shop."Orders" to app;
                """);
    }

    @AfterEach
    void disconnect() {
        database.drop();
    }

    @Test
    void each_change_of_a_row_is_an_item_with_the_old_and_the_new_row() {
        trigger("after insert or update or delete", "'process'");
        master.execute("""
                insert into shop."Orders" (price, at) values (1.50, '2026-01-02 03:04:05+00');
                update shop."Orders" set price = null;
                delete from shop."Orders";
                """);
        assertThat(master.values("select item::text from pglambda.outbox order by id"))
                .containsExactly(
                        "{\"op\": \"INSERT\", \"new\": {\"at\": \"2026-01-02T03:04:05+00:00\", \"id\": 1, \"price\": 1.50},"
                                + " \"old\": null, \"table\": \"shop.\\\"Orders\\\"\"}",
                        "{\"op\": \"UPDATE\", \"new\": {\"at\": \"2026-01-02T03:04:05+00:00\", \"id\": 1, \"price\": null},"
                                + " \"old\": {\"at\": \"2026-01-02T03:04:05+00:00\", \"id\": 1, \"price\": 1.50},"
                                + " \"table\": \"shop.\\\"Orders\\\"\"}",
                        "{\"op\": \"DELETE\", \"new\": null, \"old\": {\"at\": \"2026-01-02T03:04:05+00:00\", \"id\": 1,"
                                + " \"price\": null}, \"table\": \"shop.\\\"Orders\\\"\"}");
    }

    @Test
    void application_needs_no_more_than_its_right_on_the_table() {
        trigger("after insert", "'process', '{\"o\": 1}'");
        app.execute("begin; insert into shop.\"Orders\" (price) values (1); rollback");
        assertThat(master.values("select id::text from pglambda.outbox")).isEmpty();
        app.execute("set search_path = pg_temp; insert into shop.\"Orders\" (price) values (2)");
        assertThat(master.value(
                        "select concat_ws('|', function, options, item -> 'new' -> 'price') from pglambda.outbox"))
                .isEqualTo("process|{\"o\": 1}|2");
    }

    @Test
    void row_that_is_enqueued_is_delivered_once() {
        trigger("after insert", "'process'");
        DurableFunction function = DurableFunction.on(BundleServer.LAMBDA);
        app.execute("insert into shop.\"Orders\" (price) select i from generate_series(1, 5) i");
        master.execute("call pglambda.deliver()");
        assertThat(function.items()).hasSize(5).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "before insert | row | 'process'",
                "after insert | statement | 'process'",
                "after insert | row | ''",
                "after insert | row | 'process', '{}', 'more'",
            },
            quoteCharacter = '`')
    void other_triggers_and_arguments_are_refused_with_the_right_form(String when, String level, String arguments) {
        master.execute("create trigger t " + when + " on shop.\"Orders\" for each " + level
                + " execute function pglambda.enqueue_row(" + arguments.replace("''", "") + ")");
        SqlError error = errorOf(() -> app.execute("insert into shop.\"Orders\" (price) values (1)"));
        assertThat(error.sqlState()).isEqualTo("39P01");
        assertThat(error.message()).isEqualTo("trigger t of shop.\"Orders\" cannot enqueue rows");
        assertThat(error.hint().orElseThrow()).contains("for each row execute function pglambda.enqueue_row");
    }

    @Test
    void unregistered_function_fails_the_statement() {
        trigger("after insert", "'nowhere'");
        assertThat(errorOf(() -> app.execute("insert into shop.\"Orders\" (price) values (1)"))
                        .sqlState())
                .isEqualTo("P0002");
    }

    private void trigger(String when, String arguments) {
        master.execute("create trigger t " + when
                + " on shop.\"Orders\" for each row execute function pglambda.enqueue_row(" + arguments + ")");
    }
}
