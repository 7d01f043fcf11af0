package dev.pglambda.bundle.durable;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.SqlError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The next attempts of items whose call failed. */
class AttemptsTest extends DeliveryFixture {

    @Test
    void failed_call_is_tried_again_with_growing_pauses_under_the_same_id_until_it_is_dead() {
        enqueue("process", "\"crash\"");
        for (int attempt = 1; attempt <= 10; attempt++) {
            deliver();
            deliver(); // nothing is due
            assertThat(row("attempts")).isEqualTo(String.valueOf(attempt));
            assertThat(row("error ->> 'sqlstate'")).isEqualTo("38000");
            if (attempt < 10) {
                double longest = Math.min(2 * Math.pow(3, attempt - 1), 3600);
                assertThat(Double.parseDouble(row("extract(epoch from due_at - clock_timestamp())")))
                        .isBetween(longest / 2 - 1.9, longest);
                assertThat(row("state")).isEqualTo("waiting");
            }
            letTimePass();
        }
        assertThat(row("state, finished_at is not null")).isEqualTo("dead|true");
        assertThat(function.calls()).hasSize(10);
        assertThat(function.calls().stream()
                        .flatMap(call -> call.itemIds().stream())
                        .distinct())
                .containsExactly(row("call_id"));
        letTimePass();
        deliver();
        assertThat(function.calls()).hasSize(10);
    }

    @Test
    void items_that_failed_together_wait_for_different_times() {
        enqueue("process", "\"crash\"", "2", "3");
        deliver();
        assertThat(operator.values("select distinct due_at::text from pglambda.outbox"))
                .hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"22023", "22P02", "23505", "23503", "P0002", "54000"})
    void error_about_the_item_itself_is_final(String sqlstate) {
        enqueue("process", "{\"sqlstate\": \"" + sqlstate + "\"}");
        deliver();
        assertThat(row("state, attempts, error ->> 'sqlstate'")).isEqualTo("dead|1|" + sqlstate);
    }

    @ParameterizedTest
    @ValueSource(strings = {"38000", "39000", "39L01", "40001", "42501", "53300", "P0001", "APP01"})
    void error_that_may_pass_is_tried_again(String sqlstate) {
        enqueue("process", "{\"sqlstate\": \"" + sqlstate + "\"}");
        deliver();
        assertThat(row("state, attempts, error ->> 'sqlstate'")).isEqualTo("waiting|1|" + sqlstate);
    }

    /** Such a code would say something of the session or the server, and it arrives as 38000. */
    @ParameterizedTest
    @ValueSource(strings = {"08006", "0A000", "57P01", "58030", "XX000"})
    void error_with_the_code_of_a_session_is_tried_again(String sqlstate) {
        enqueue("process", "{\"sqlstate\": \"" + sqlstate + "\"}");
        deliver();
        assertThat(row("state, attempts, error ->> 'sqlstate'")).isEqualTo("waiting|1|38000");
    }

    @Test
    void unreachable_function_is_tried_again() {
        BundleServer.LAMBDA.refuses("TooManyRequestsException", 429, "Rate Exceeded.");
        enqueue("process", "1", "2");
        deliver();
        assertThat(operator.values(
                        "select distinct concat_ws('|', state, attempts, error ->> 'sqlstate') from pglambda.outbox"))
                .containsExactly("waiting|1|39000");
    }

    @Test
    void error_of_a_whole_batch_is_final_for_none_of_its_items() {
        BundleServer.LAMBDA.replies("{\"error\": {\"sqlstate\": \"22023\", \"message\": \"what is this?\"}}");
        enqueue("process", "1", "2");
        deliver();
        assertThat(operator.values("select distinct concat_ws('|', state, attempts, error) from pglambda.outbox"))
                .containsExactly("waiting|1|{\"message\": \"what is this?\", \"sqlstate\": \"22023\"}");
        superuser.execute("update pglambda.functions set max_batch_items = 1");
        letTimePass();
        deliver();
        assertThat(count("dead")).as("alone, it is a verdict").isEqualTo(2);
    }

    @Test
    void items_whose_reply_was_too_large_are_sent_in_smaller_batches() {
        BundleServer.LAMBDA.fails("{\"errorType\":\"Function.ResponseSizeTooLarge\",\"errorMessage\":\"too large\"}");
        enqueue("process", "1", "2");
        deliver();
        assertThat(operator.values(
                        "select distinct concat_ws('|', state, attempts, error ->> 'sqlstate') from pglambda.outbox"))
                .containsExactly("waiting|1|54000");
    }

    @Test
    void item_whose_program_does_not_end_is_dead_as_soon_as_it_is_alone_and_the_others_are_done() {
        operator.execute("select pglambda.enqueue('process', case i when 137 then '\"loop\"' else to_jsonb(i) end)"
                + " from generate_series(1, 1000) i");
        for (int i = 0; i < 4; i++) {
            deliver();
            letTimePass();
        }
        assertThat(
                        operator.values(
                                "select concat_ws(' ', item, state, error ->> 'sqlstate') from pglambda.outbox where state <> 'done'"))
                .containsExactly("\"loop\" dead 54000");
        assertThat(function.calls().stream().filter(call -> call.items().contains("\"loop\"")))
                .as("each took the time of a call")
                .hasSize(4);
    }

    @Test
    void poison_item_is_dead_and_all_other_items_are_done() {
        operator.execute("select pglambda.enqueue('process', case i when 137 then '\"crash\"' else to_jsonb(i) end)"
                + " from generate_series(1, 300) i");
        for (int i = 0; i < 10; i++) {
            deliver();
            letTimePass();
        }
        assertThat(operator.values("select item::text from pglambda.outbox where state <> 'done'"))
                .containsExactly("\"crash\"");
        assertThat(row("state", "item = '\"crash\"'")).isEqualTo("dead");
        assertThat(operator.value("select max(attempts)::text from pglambda.outbox where state = 'done'"))
                .isEqualTo("4");
        assertThat(function.calls()).as("far fewer than one for each").hasSizeLessThan(60);
    }

    @Test
    void other_items_survive_a_poison_item_with_few_attempts() {
        operator.execute("select pglambda.register('process', 'process', max_attempts => 2)");
        enqueue("process", "1", "\"crash\"", "3");
        deliver();
        letTimePass();
        deliver();
        assertThat(function.sizes()).containsExactly(3, 1, 1, 1);
        assertThat(operator.values("select state from pglambda.outbox order by id"))
                .containsExactly("done", "dead", "done");
    }

    @Test
    void dead_item_gets_all_its_attempts_again_and_others_are_refused() {
        enqueue("process", "{\"sqlstate\": \"22023\"}");
        deliver();
        String id = row("id");
        operator.execute("select pglambda.retry(" + id + ")");
        assertThat(row("state, attempts, finished_at, error ->> 'sqlstate'")).isEqualTo("waiting|0||22023");
        SqlError waiting = errorOf(() -> operator.execute("select pglambda.retry(" + id + ")"));
        assertThat(waiting.sqlState()).isEqualTo("55000");
        assertThat(waiting.message()).isEqualTo("item " + id + " is waiting, and only dead items are retried");
        SqlError unknown = errorOf(() -> operator.execute("select pglambda.retry(-1)"));
        assertThat(unknown.sqlState()).isEqualTo("P0002");
        assertThat(unknown.message()).isEqualTo("the outbox has no item -1");
    }
}
