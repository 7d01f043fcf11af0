package dev.pglambda.bundle;

import static dev.pglambda.bundle.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.local.lambda.InvokeReply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvokeBatchTest {

    private static final FakeLambda LAMBDA = BundleServer.LAMBDA;

    private static BundleServer database;
    private static Sql app;
    private static Sql operator;

    @BeforeAll
    static void connect() {
        database = BundleServer.cloned();
        app = database.as("app");
        operator = database.as("operator");
        operator.execute("select lambda.register('few', 'few', max_batch_items => 10)");
    }

    @AfterAll
    static void disconnect() {
        database.drop();
    }

    @Test
    void one_request_of_the_contract_carries_all_items() {
        EchoingBatches lambda = echo();
        assertThat(rows("lambda.invoke_batch('transform', '{1,\"{}\",\"\\\"x\\\"\"}', '{\"o\": true}')"))
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
        assertThat(rows("lambda.invoke_batch('few', " + numbers(25) + ")"))
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
        operator.execute("select lambda.register('large', 'large', max_batch_items => 10000)");
        operator.execute("create temporary table items as select i as id,"
                + " jsonb_build_object('id', i, 'value', repeat('x', 10000)) as item from generate_series(1, 2000) i");
        assertThat(operator.value("select count(*) filter (where i.item = b.result and b.error is null)::text"
                        + " from lambda.invoke_batch('large', (select array_agg(item order by id) from items)) b"
                        + " join items i on i.id = b.ordinality"))
                .isEqualTo("2000");
        assertThat(lambda.requests()).hasSize(4).allSatisfy(seen -> {
            assertThat(seen.bytes()).isLessThanOrEqualTo(EchoingBatches.MAX_BYTES);
            assertThat(seen.replyBytes()).isLessThanOrEqualTo(EchoingBatches.MAX_BYTES);
        });
        assertThat(lambda.requests().get(0).bytes()).isGreaterThan(EchoingBatches.MAX_BYTES - 25_000);
    }

    @Test
    void replies_that_outgrow_their_requests_are_halved_once_and_then_foreseen() {
        EchoingBatches lambda = new EchoingBatches(item -> "{\"result\":[" + item + "," + item + "," + item + "]}");
        LAMBDA.does(lambda);
        assertThat(operator.value(
                        "select count(b.result)::text || ' ' || count(b.error) from lambda.invoke_batch('transform',"
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
        assertThat(operator.values("select concat_ws(' ', ordinality, error ->> 'sqlstate', error ->> 'message')"
                        + " from lambda.invoke_batch('transform', array['1', to_jsonb(repeat('x', 6291500)), '2']) b"))
                .satisfiesExactly(
                        row -> assertThat(row).isEqualTo("1"),
                        row -> assertThat(row).matches("2 54000 the request to function 'transform' has \\d+ bytes.*"),
                        row -> assertThat(row).isEqualTo("3"));
        assertThat(lambda.sizes()).containsExactly(1, 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"function error", "reply of the handler", "refusal of Lambda"})
    void call_that_is_refused_as_too_large_is_halved_down_to_the_one_item(String how) {
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
                        + " from lambda.invoke_batch('few', '{1,2,3,null,\"\\\"poison\\\"\",4,5}')"))
                .containsExactly("1 1", "2 2", "3 3", "4", "5 54000", "6 4", "7 5");
        assertThat(echo.sizes()).containsExactly(3, 2);
        assertThat(LAMBDA.requests()).hasSize(5);
    }

    @Test
    void null_items_are_not_sent_and_give_null() {
        EchoingBatches lambda = echo();
        assertThat(rows("lambda.invoke_batch('few', '{null,1,null,null,\"null\",2,null}')"))
                .containsExactly("(1,,)", "(2,1,)", "(3,,)", "(4,,)", "(5,null,)", "(6,2,)", "(7,,)");
        assertThat(lambda.requests()).hasSize(1);
        assertThat(lambda.requests().get(0).items()).containsExactly("1", "null", "2");
    }

    @Test
    void nothing_to_send_is_no_call() {
        echo();
        assertThat(rows("lambda.invoke_batch('few', null)")).isEmpty();
        assertThat(rows("lambda.invoke_batch('few', '{}')")).isEmpty();
        assertThat(rows("lambda.invoke_batch('nobody', '{null,null}')")).containsExactly("(1,,)", "(2,,)");
        assertThat(LAMBDA.requests()).isEmpty();
    }

    @Test
    void array_of_any_shape_is_numbered_as_unnest_does() {
        echo();
        assertThat(rows("lambda.invoke_batch('few', '[5:6]={8,9}')")).containsExactly("(1,8,)", "(2,9,)");
        assertThat(rows("lambda.invoke_batch('few', '{{1,2},{3,4}}')"))
                .containsExactly("(1,1,)", "(2,2,)", "(3,3,)", "(4,4,)");
    }

    @Test
    void error_of_an_item_is_its_rows_and_nobody_elses() {
        LAMBDA.does(new EchoingBatches(item -> switch (item) {
            case "2" -> "{\"error\":{\"sqlstate\":\"22023\",\"message\":\"m\",\"detail\":\"d\",\"hint\":null}}";
            case "3" -> "{\"error\":{\"sqlstate\":\"00000\",\"message\":\"m\"}}";
            case "4" -> "{\"something\":\"else\"}";
            case "5" -> "{\"result\":null,\"error\":null}";
            default -> "{\"result\":" + item + "}";
        }));
        assertThat(operator.values(
                        "select concat_ws('|', ordinality, result, error ->> 'sqlstate', error ->> 'message',"
                                + " error ->> 'detail') from lambda.invoke_batch('few', '{1,2,3,4,5,6}')"))
                .containsExactly(
                        "1|1",
                        "2|22023|m|d",
                        "3|38000|m|The function gave '00000' as SQLSTATE.",
                        "4|38000|function 'few' did not reply with a result or an error|It replied: {\"something\": \"else\"}",
                        "5|null",
                        "6|6");
        assertThat(operator.value("select error::text from lambda.invoke_batch('few', '{2}')"))
                .isEqualTo("{\"detail\": \"d\", \"message\": \"m\", \"sqlstate\": \"22023\"}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|function 'few' did not reply with a list of results",
                "null|function 'few' did not reply with a list of results",
                "{\"result\": 1}|function 'few' did not reply with a list of results",
                "{\"results\": {}}|function 'few' did not reply with a list of results",
                "{\"results\": []}|function 'few' replied with 0 results to 2 items",
                "{\"results\": [{\"result\": 1}]}|function 'few' replied with 1 results to 2 items",
                "{\"results\": [1, 2, 3]}|function 'few' replied with 3 results to 2 items",
            })
    void reply_without_a_result_for_each_item_is_38000_and_shown(String reply, String message) {
        LAMBDA.replies(reply);
        SqlError error = errorOf(() -> rows("lambda.invoke_batch('few', '{1,2}')"));
        assertThat(error.sqlState()).isEqualTo("38000");
        assertThat(error.message()).isEqualTo(message);
        assertThat(error.detail()).contains("It replied: " + reply);
        assertThat(error.hint()).isPresent();
    }

    @Test
    void function_that_cannot_be_called_is_an_error_of_the_statement() {
        echo();
        operator.execute("select lambda.register('off', 'off', enabled => false)");
        assertThat(stateOf("lambda.invoke_batch('nobody', '{1}')")).isEqualTo("P0002");
        assertThat(stateOf("lambda.invoke_batch(null, '{1}')")).isEqualTo("P0002");
        assertThat(stateOf("lambda.invoke_batch('off', '{1}')")).isEqualTo("39000");
        assertThat(LAMBDA.requests()).isEmpty();
        LAMBDA.refuses("TooManyRequestsException", 429, "m");
        assertThat(stateOf("lambda.invoke_batch('few', '{1}')")).isEqualTo("39000");
        LAMBDA.fails("{\"errorMessage\": \"m\", \"errorType\": \"t\"}");
        assertThat(stateOf("lambda.invoke_batch('few', '{1}')")).isEqualTo("38000");
        LAMBDA.replies("not json");
        assertThat(stateOf("lambda.invoke_batch('few', '{1}')")).isEqualTo("38000");
    }

    @Test
    void error_of_the_whole_request_is_raised_in_all_its_parts() {
        for (String parts : List.of("", ",\"detail\":\"d\"", ",\"hint\":\"h\"", ",\"detail\":\"d\",\"hint\":\"h\"")) {
            LAMBDA.replies("{\"error\":{\"sqlstate\":\"22023\",\"message\":\"100 % wrong\"" + parts + "}}");
            SqlError error = errorOf(() -> app.values("select transform_data_batch('{1,2}')"));
            assertThat(error.sqlState()).isEqualTo("22023");
            assertThat(error.message()).isEqualTo("100 % wrong");
            assertThat(error.detail().isPresent()).isEqualTo(parts.contains("detail"));
            assertThat(error.hint().isPresent()).isEqualTo(parts.contains("hint"));
            assertThat(error.context()).startsWith("PL/pgSQL function lambda.invoke_batch(text,jsonb[],jsonb) line ");
            assertThat(LAMBDA.requests()).hasSize(1);
        }
    }

    @Test
    void call_that_fails_after_one_has_succeeded_is_an_error_of_its_items() {
        EchoingBatches echo = new EchoingBatches();
        AtomicInteger calls = new AtomicInteger();
        LAMBDA.does(request -> calls.incrementAndGet() == 2
                ? FakeLambda.failure("{\"errorMessage\": \"m\", \"errorType\": \"t\"}")
                : echo.apply(request));
        assertThat(operator.values("select coalesce(result::text, error ->> 'sqlstate')"
                        + " from lambda.invoke_batch('few', " + numbers(22) + ")"))
                .isEqualTo(IntStream.rangeClosed(1, 22)
                        .mapToObj(i -> i > 10 && i <= 20 ? "38000" : String.valueOf(i))
                        .toList());
        assertThat(calls).hasValue(3);
    }

    @Test
    void half_that_fails_before_anything_has_succeeded_is_raised() {
        LAMBDA.does(request -> request.contains("poison")
                ? FakeLambda.refusal("RequestTooLargeException", 413, "m")
                : FakeLambda.refusal("TooManyRequestsException", 429, "m"));
        assertThat(stateOf("lambda.invoke_batch('few', '{\"\\\"poison\\\"\",1}')"))
                .isEqualTo("39000");
        assertThat(stateOf("lambda.invoke_batch('few', '{1,\"\\\"poison\\\"\"}')"))
                .isEqualTo("39000");
        assertThat(LAMBDA.requests()).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({"1, '1000 999'", "2, '1000 1 999 998'", "500, '1000 499 501 500'", "1000, '1000 999 1'"})
    void program_that_does_not_end_for_one_item_is_cut_there_and_costs_no_other(int guilty, String sizes) {
        EchoingBatches echo = new EchoingBatches();
        List<Integer> seen = new ArrayList<>();
        LAMBDA.does(request -> withProgram(request, String.valueOf(guilty), seen, echo));
        assertThat(operator.values("select ordinality || ' ' || coalesce(result::text, error::text)"
                        + " from lambda.invoke_batch('transform', " + numbers(1000) + ")"
                        + " where result is null or result <> to_jsonb(ordinality)"))
                .singleElement()
                .satisfies(row -> assertThat(row)
                        .startsWith(guilty + " {\"hint\"")
                        .contains(
                                "\"sqlstate\": \"54000\"", "\"message\": \"the expression did not end within 9 ms\""));
        assertThat(seen.stream().map(String::valueOf)).containsExactly(sizes.split(" "));
    }

    @Test
    void program_that_ends_for_no_item_fails_the_statement_soon() {
        List<Integer> seen = new ArrayList<>();
        LAMBDA.does(request -> withProgram(request, "[0-9]+", seen, new EchoingBatches()));
        SqlError error = errorOf(() -> rows("lambda.invoke_batch('transform', " + numbers(1000) + ")"));
        assertThat(error.sqlState()).isEqualTo("54000");
        assertThat(error.detail()).contains("Busy with item 1 of 999");
        assertThat(seen).containsExactly(1000, 999);
    }

    /** Echoes the items, unless one of them matches: then the call fails there, as a handler that runs a program does. */
    private static CompletableFuture<InvokeReply> withProgram(
            String request, String endless, List<Integer> sizes, EchoingBatches echo) {
        List<String> items = new ArrayList<>();
        RequestJson.parsed(request).get("batch").values().forEach(item -> items.add(RequestJson.text(item)));
        sizes.add(items.size());
        for (int i = 0; i < items.size(); i++) {
            if (items.get(i).matches(endless)) {
                return FakeLambda.failure("{\"errorType\":\"dev.pglambda.program.ProgramLimitError\",\"errorMessage\":"
                        + "\"the expression did not end within 9 ms (item " + (i + 1) + " of " + items.size() + ")\"}");
            }
        }
        return echo.apply(request);
    }

    @Test
    void options_that_leave_no_room_are_an_error_of_the_statement() {
        echo();
        String options = "jsonb_build_object('o', repeat('x', 6291300))";
        assertThat(stateOf("lambda.invoke_batch('few', '{1,2}', " + options + ")"))
                .isEqualTo("54000");
        assertThat(LAMBDA.requests()).isEmpty();
    }

    @Test
    void table_of_a_hundred_thousand_rows_goes_in_one_statement() {
        EchoingBatches lambda = echo();
        assertThat(operator.value("select count(*) filter (where result = to_jsonb(ordinality))::text"
                        + " from lambda.invoke_batch('transform', (select array_agg(to_jsonb(i) order by i)"
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

    private static EchoingBatches echo() {
        EchoingBatches lambda = new EchoingBatches();
        LAMBDA.does(lambda);
        return lambda;
    }

    private static String numbers(int count) {
        return "(select array_agg(to_jsonb(i) order by i) from generate_series(1, " + count + ") i)";
    }

    private static List<String> rows(String call) {
        return operator.values("select t::text from " + call + " t");
    }

    private static String stateOf(String call) {
        return errorOf(() -> rows(call)).sqlState();
    }
}
