package dev.pglambda.bundle.durable;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.DurableFunction;
import dev.pglambda.bundle.kit.Sql;
import dev.pglambda.bundle.kit.SqlError;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which items become durable calls, and which do not. */
class EnqueueTest {

    private BundleServer database;
    private Sql operator;

    @BeforeEach
    void connect() {
        database = BundleServer.cloned();
        operator = database.as("operator");
    }

    @AfterEach
    void disconnect() {
        database.drop();
    }

    @Test
    void item_is_enqueued_when_its_transaction_commits_and_gone_when_it_rolls_back() {
        operator.execute("begin; select pglambda.enqueue('process', '1'); rollback");
        assertThat(count()).isZero();
        operator.execute("begin; select pglambda.enqueue('process', '1')");
        try (Sql other = database.as("operator")) {
            assertThat(other.values("select id::text from pglambda.outbox")).isEmpty();
        }
        operator.execute("commit");
        assertThat(operator.value("select concat_ws(' ', state, attempts, function, item, due_at <= clock_timestamp())"
                        + " from pglambda.outbox"))
                .isEqualTo("waiting 0 process 1 t");
    }

    @Test
    void enqueue_returns_an_id_and_null_for_null_data() {
        String id = operator.value("select pglambda.enqueue('process', 'null')::text");
        assertThat(operator.value("select id::text from pglambda.outbox where item = 'null'"))
                .isEqualTo(id);
        assertThat(operator.value("select pglambda.enqueue('process', null)::text"))
                .isNull();
        assertThat(operator.value("select pglambda.enqueue('nowhere', null)::text"))
                .isNull();
        assertThat(count()).isEqualTo(1);
    }

    @Test
    void unregistered_function_is_p0002_and_a_disabled_one_is_not() {
        SqlError error = errorOf(() -> operator.execute("select pglambda.enqueue('nowhere', '1')"));
        assertThat(error.sqlState()).isEqualTo("P0002");
        assertThat(error.message()).isEqualTo("function 'nowhere' is not registered");
        assertThat(error.hint().orElseThrow()).contains("select pglambda.register('nowhere'");
        operator.execute("select pglambda.disable('process')");
        assertThat(operator.value("select pglambda.enqueue('process', '1')::text"))
                .isNotNull();
    }

    @Test
    void delay_sets_when_the_item_is_due() {
        operator.execute("select pglambda.enqueue('process', '1', delay => interval '2 hours')");
        assertThat(operator.value("select (due_at - created_at between '1:59' and '2:01')::text from pglambda.outbox"))
                .isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "delay => interval '-1 second'",
                "delay => interval '11 years'",
                "key => ''",
                "key => repeat('k', 1001)"
            })
    void malformed_delay_or_key_is_22023(String option) {
        SqlError error = errorOf(() -> operator.execute("select pglambda.enqueue('process', '1', " + option + ")"));
        assertThat(error.sqlState()).isEqualTo("22023");
        assertThat(error.hint()).contains("A delay is from 0 to 10 years, and a key has from 1 to 1000 bytes.");
    }

    @Test
    void item_that_no_call_could_carry_is_refused_at_once() {
        SqlError error =
                errorOf(() -> operator.execute("select pglambda.enqueue('process', to_jsonb(repeat('x', 6291000)))"));
        assertThat(error.sqlState()).isEqualTo("54000");
        assertThat(error.message()).contains("6291556");
    }

    @Test
    void same_key_gives_the_first_id_for_equal_data() {
        String first = operator.value(
                "select pglambda.enqueue('process', '{\"a\": 1, \"b\": 2}', '{\"o\": 1}', key => 'k')::text");
        assertThat(operator.value("select pglambda.enqueue('process', '{\"b\": 2.0, \"a\": 1}', '{\"o\": 1}',"
                        + " delay => '1 hour', key => 'k')::text"))
                .isEqualTo(first);
        assertThat(operator.value("select pglambda.enqueue('transform', '{\"a\": 1}', key => 'k')::text"))
                .as("another function")
                .isNotEqualTo(first);
        assertThat(count()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'2', key => 'k'", "'1', '{}', key => 'k'"})
    void same_key_with_other_data_or_options_is_23505(String arguments) {
        String first = operator.value("select pglambda.enqueue('process', '1', key => 'k')::text");
        SqlError error = errorOf(() -> operator.execute("select pglambda.enqueue('process', " + arguments + ")"));
        assertThat(error.sqlState()).isEqualTo("23505");
        assertThat(error.message()).isEqualTo("key 'k' of function 'process' was enqueued with other data");
        assertThat(error.detail()).contains("Item " + first + " has the key.");
        assertThat(error.hint()).isPresent();
    }

    @Test
    void second_transaction_with_a_key_waits_for_the_first_and_goes_on_when_that_rolls_back() {
        operator.execute("begin; select pglambda.enqueue('process', '1', key => 'k')");
        try (Sql other = database.as("operator")) {
            CompletableFuture<String> second = CompletableFuture.supplyAsync(
                    () -> other.value("select pglambda.enqueue('process', '2', key => 'k')::text"));
            try (Sql superuser = database.asSuperuser()) {
                Awaitility.await().until(() -> superuser
                        .value("select count(*)::text from pg_stat_activity where usename = 'operator'"
                                + " and wait_event_type = 'Lock' and datname = current_database()")
                        .equals("1"));
            }
            operator.execute("rollback");
            assertThat(second.join()).isNotNull();
        }
        assertThat(operator.value("select item::text from pglambda.outbox")).isEqualTo("2");
    }

    @Test
    void key_is_free_again_once_its_item_is_purged() {
        DurableFunction.on(BundleServer.LAMBDA);
        String first = operator.value("select pglambda.enqueue('process', '1', key => 'k')::text");
        operator.execute("call pglambda.deliver()");
        assertThat(operator.value("select pglambda.enqueue('process', '1', key => 'k')::text"))
                .isEqualTo(first);
        assertThat(operator.value("select pglambda.purge('0')::text")).isEqualTo("1");
        assertThat(operator.value("select pglambda.enqueue('process', '2', key => 'k')::text"))
                .isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({"process_data_async, process", "transform_data_async, transform", "validate_data_async, validate"})
    void each_durable_wrapper_enqueues_for_its_function(String wrapper, String function) {
        try (Sql app = database.as("app")) {
            String id = app.value("select " + wrapper + "('[1]')::text");
            assertThat(operator.value("select function || item from pglambda.outbox where id = " + id))
                    .isEqualTo(function + "[1]");
            assertThat(app.value("select " + wrapper + "(null)::text")).isNull();
        }
    }

    private int count() {
        return Integer.parseInt(operator.value("select count(*)::text from pglambda.outbox"));
    }
}
