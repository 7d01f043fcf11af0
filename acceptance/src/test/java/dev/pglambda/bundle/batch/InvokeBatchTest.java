package dev.pglambda.bundle.batch;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.EchoingBatches;
import dev.pglambda.bundle.kit.FakeLambda;
import dev.pglambda.bundle.kit.SqlError;
import java.util.Collections;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the items of a batch are divided into calls. */
class InvokeBatchTest extends BatchFixture {

    @Test
    void one_request_of_the_contract_carries_all_items() {
        EchoingBatches lambda = echo();
        assertThat(rows("pglambda.invoke_batch('transform', '{1,\"{}\",\"\\\"x\\\"\"}', '{\"o\": true}')"))
                .containsExactly("(1,1,)", "(2,{},)", "(3,\"\"\"x\"\"\",)");
        assertThat(operator.value("select (?::jsonb - 'id' - 'caller')::text", LAMBDA.request()))
                .isEqualTo("{\"batch\": [1, {}, \"x\"], \"action\": \"transform\", \"options\": {\"o\": true},"
                        + " \"timeoutMs\": 3000}");
        assertThat(lambda.ids().get(0)).matches("[0-9a-f-]{36}/1");
    }

    @ParameterizedTest
    @CsvSource({"process_data_batch, process", "transform_data_batch, transform", "validate_data_batch, validate"})
    void each_wrapper_calls_its_function(String wrapper, String function) {
        echo();
        assertThat(app.values("select t::text from " + wrapper + "('{1,null,2}') t"))
                .containsExactly("(1,1,)", "(2,,)", "(3,2,)");
        assertThat(LAMBDA.requests().get(0).functionName()).isEqualTo(function);
        assertThat(app.value("select ?::jsonb ->> 'action'", LAMBDA.request())).isEqualTo(function);
        assertThat(app.value("select (?::jsonb ?? 'options')::text", LAMBDA.request()))
                .isEqualTo("false");
    }

    @Test
    void requests_have_no_more_items_than_the_registry_says() {
        EchoingBatches lambda = echo();
        assertThat(rows("pglambda.invoke_batch('few', " + numbers(25) + ")"))
                .isEqualTo(IntStream.rangeClosed(1, 25)
                        .mapToObj(i -> "(" + i + "," + i + ",)")
                        .toList());
        assertThat(lambda.sizes()).containsExactly(10, 10, 5);
        String id = lambda.ids().get(0).replaceFirst("/1$", "");
        assertThat(lambda.ids()).containsExactly(id + "/1", id + "/2", id + "/3");
    }

    @Test
    void two_thousand_items_of_ten_kilobytes_are_split_by_bytes() {
        EchoingBatches lambda = echo();
        operator.execute("select pglambda.register('large', 'large', max_batch_items => 10000)");
        operator.execute("create temporary table items as select i as id,"
                + " jsonb_build_object('id', i, 'value', repeat('x', 10000)) as item from generate_series(1, 2000) i");
        assertThat(operator.value("select count(*) filter (where i.item = b.result and b.error is null)::text"
                        + " from pglambda.invoke_batch('large', (select array_agg(item order by id) from items)) b"
                        + " join items i on i.id = b.ordinality"))
                .isEqualTo("2000");
        assertThat(lambda.requests()).hasSize(4).allSatisfy(seen -> {
            assertThat(seen.bytes()).isLessThanOrEqualTo(EchoingBatches.MAX_BYTES);
            assertThat(seen.replyBytes()).isLessThanOrEqualTo(EchoingBatches.MAX_BYTES);
        });
        assertThat(lambda.requests().get(0).bytes()).isGreaterThan(EchoingBatches.MAX_BYTES - 25_000);
    }

    @Test
    void call_with_a_large_reply_is_halved_once_and_later_calls_are_smaller() {
        EchoingBatches lambda = new EchoingBatches(item -> "{\"result\":[" + item + "," + item + "," + item + "]}");
        LAMBDA.does(lambda);
        assertThat(operator.value(
                        "select count(b.result)::text || ' ' || count(b.error) from pglambda.invoke_batch('transform',"
                                + " (select array_agg(to_jsonb(repeat('x', 10000))) from generate_series(1, 2000))) b"))
                .isEqualTo("2000 0");
        String id = lambda.ids().get(0).replaceFirst("/1$", "");
        assertThat(lambda.ids())
                .startsWith(
                        id + "/1", id + "/1/1", id + "/1/1/1", id + "/1/1/2", id + "/1/2", id + "/1/2/1", id + "/1/2/2")
                .hasSizeBetween(14, 17);
        assertThat(lambda.requests().stream().skip(7))
                .allSatisfy(seen -> assertThat(seen.replyBytes()).isLessThanOrEqualTo(EchoingBatches.MAX_BYTES));
    }

    @Test
    void item_that_is_too_large_fails_alone() {
        EchoingBatches lambda = echo();
        assertThat(
                        operator.values(
                                "select concat_ws(' ', ordinality, error ->> 'sqlstate', error ->> 'message')"
                                        + " from pglambda.invoke_batch('transform', array['1', to_jsonb(repeat('x', 6291500)), '2']) b"))
                .satisfiesExactly(
                        row -> assertThat(row).isEqualTo("1"),
                        row -> assertThat(row).matches("2 54000 the request to function 'transform' has \\d+ bytes.*"),
                        row -> assertThat(row).isEqualTo("3"));
        assertThat(lambda.sizes()).containsExactly(1, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"function error", "reply of the handler", "refusal of Lambda"})
    void call_that_is_too_large_is_halved_down_to_the_one_large_item(String how) {
        EchoingBatches echo = new EchoingBatches();
        LAMBDA.does(request -> !request.contains("poison")
                ? echo.apply(request)
                : switch (how) {
                    case "function error" ->
                        FakeLambda.failure("{\"errorType\":\"Function.ResponseSizeTooLarge\",\"errorMessage\":\"m\"}");
                    case "reply of the handler" ->
                        FakeLambda.reply(
                                "{\"error\": {\"sqlstate\": \"54000\", \"message\": \"the reply has 7000000 bytes\"}}");
                    default -> FakeLambda.refusal("RequestTooLargeException", 413, "m");
                });
        assertThat(operator.values("select concat_ws(' ', ordinality, result, error ->> 'sqlstate')"
                        + " from pglambda.invoke_batch('few', '{1,2,3,null,\"\\\"poison\\\"\",4,5}')"))
                .containsExactly("1 1", "2 2", "3 3", "4", "5 54000", "6 4", "7 5");
        assertThat(echo.sizes()).containsExactly(3, 2);
        assertThat(LAMBDA.requests()).hasSize(5);
    }

    @Test
    void null_items_are_not_sent_and_give_null() {
        EchoingBatches lambda = echo();
        assertThat(rows("pglambda.invoke_batch('few', '{null,1,null,null,\"null\",2,null}')"))
                .containsExactly("(1,,)", "(2,1,)", "(3,,)", "(4,,)", "(5,null,)", "(6,2,)", "(7,,)");
        assertThat(lambda.requests()).hasSize(1);
        assertThat(lambda.requests().get(0).items()).containsExactly("1", "null", "2");
    }

    @Test
    void batch_without_items_makes_no_call() {
        echo();
        assertThat(rows("pglambda.invoke_batch('few', null)")).isEmpty();
        assertThat(rows("pglambda.invoke_batch('few', '{}')")).isEmpty();
        assertThat(rows("pglambda.invoke_batch('nobody', '{null,null}')")).containsExactly("(1,,)", "(2,,)");
        assertThat(LAMBDA.requests()).isEmpty();
    }

    @Test
    void array_of_any_shape_is_numbered_as_unnest_does() {
        echo();
        assertThat(rows("pglambda.invoke_batch('few', '[5:6]={8,9}')")).containsExactly("(1,8,)", "(2,9,)");
        assertThat(rows("pglambda.invoke_batch('few', '{{1,2},{3,4}}')"))
                .containsExactly("(1,1,)", "(2,2,)", "(3,3,)", "(4,4,)");
    }

    @Test
    void table_of_a_hundred_thousand_rows_goes_in_one_statement() {
        EchoingBatches lambda = echo();
        assertThat(operator.value("select count(*) filter (where result = to_jsonb(ordinality))::text"
                        + " from pglambda.invoke_batch('transform', (select array_agg(to_jsonb(i) order by i)"
                        + " from generate_series(1, 100000) i))"))
                .isEqualTo("100000");
        assertThat(lambda.sizes()).isEqualTo(Collections.nCopies(100, 1000));
    }

    @Test
    void cancelled_statement_stays_cancelled() {
        LAMBDA.neverAnswers();
        app.execute("set aws_lambda.request_timeout_ms = 8000; set statement_timeout = 300");
        SqlError error = errorOf(() -> app.values("select process_data_batch('{1}')"));
        app.execute("reset aws_lambda.request_timeout_ms; reset statement_timeout");
        assertThat(error.sqlState()).isEqualTo("57014");
    }
}
