package dev.pglambda.bundle.batch;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.EchoingBatches;
import dev.pglambda.bundle.kit.FakeLambda;
import dev.pglambda.bundle.kit.RequestJson;
import dev.pglambda.bundle.kit.SqlError;
import dev.pglambda.local.lambda.api.InvokeReply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The errors of a batch: of its items, and of its calls. */
class BatchErrorTest extends BatchFixture {

    @Test
    void error_of_an_item_is_only_in_its_own_row() {
        LAMBDA.does(new EchoingBatches(item -> switch (item) {
            case "2" -> "{\"error\":{\"sqlstate\":\"22023\",\"message\":\"m\",\"detail\":\"d\",\"hint\":null}}";
            case "3" -> "{\"error\":{\"sqlstate\":\"00000\",\"message\":\"m\"}}";
            case "4" -> "{\"something\":\"else\"}";
            case "5" -> "{\"result\":null,\"error\":null}";
            default -> "{\"result\":" + item + "}";
        }));
        assertThat(operator.values(
                        "select concat_ws('|', ordinality, result, error ->> 'sqlstate', error ->> 'message',"
                                + " error ->> 'detail') from pglambda.invoke_batch('few', '{1,2,3,4,5,6}')"))
                .containsExactly(
                        "1|1",
                        "2|22023|m|d",
                        "3|38000|m|The function gave '00000' as SQLSTATE.",
                        "4|38000|function 'few' did not reply with a result or an error|It replied: {\"something\": \"else\"}",
                        "5|null",
                        "6|6");
        assertThat(operator.value("select error::text from pglambda.invoke_batch('few', '{2}')"))
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
        SqlError error = errorOf(() -> rows("pglambda.invoke_batch('few', '{1,2}')"));
        assertThat(error.sqlState()).isEqualTo("38000");
        assertThat(error.message()).isEqualTo(message);
        assertThat(error.detail()).contains("It replied: " + reply);
        assertThat(error.hint()).isPresent();
    }

    @Test
    void function_that_cannot_be_called_is_an_error_of_the_statement() {
        echo();
        operator.execute("select pglambda.register('off', 'off'), pglambda.disable('off')");
        assertThat(stateOf("pglambda.invoke_batch('nobody', '{1}')")).isEqualTo("P0002");
        assertThat(stateOf("pglambda.invoke_batch(null, '{1}')")).isEqualTo("P0002");
        assertThat(stateOf("pglambda.invoke_batch('off', '{1}')")).isEqualTo("39000");
        assertThat(LAMBDA.requests()).isEmpty();
        LAMBDA.refuses("TooManyRequestsException", 429, "m");
        assertThat(stateOf("pglambda.invoke_batch('few', '{1}')")).isEqualTo("39000");
        LAMBDA.fails("{\"errorMessage\": \"m\", \"errorType\": \"t\"}");
        assertThat(stateOf("pglambda.invoke_batch('few', '{1}')")).isEqualTo("38000");
        LAMBDA.replies("not json");
        assertThat(stateOf("pglambda.invoke_batch('few', '{1}')")).isEqualTo("38000");
    }

    @Test
    void error_of_the_whole_request_is_raised_in_all_its_parts() {
        for (String parts : List.of("", ",\"detail\":\"d\"", ",\"hint\":\"h\"", ",\"detail\":\"d\",\"hint\":\"h\"")) {
            LAMBDA.replies("{\"error\":{\"sqlstate\":\"22023\",\"message\":\"100 % wrong\"" + parts + "}}");
            SqlError error = errorOf(() -> app.values("select transform_data_batch('{1,2}')"));
            assertThat(error.sqlState()).isEqualTo("22023");
            assertThat(error.message()).isEqualTo("100 % wrong");
            assertThat(error.detail())
                    .contains(parts.contains("detail") ? "d" : "Function 'transform' raised this error.");
            String id = app.value("select ?::jsonb ->> 'id'", LAMBDA.request()).replace("/1", "");
            assertThat(error.hint())
                    .contains(parts.contains("hint") ? "h" : "Look for call " + id + " in the function's log.");
            assertThat(error.context()).startsWith("PL/pgSQL function pglambda.invoke_batch(text,jsonb[],jsonb) line ");
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
                        + " from pglambda.invoke_batch('few', " + numbers(22) + ")"))
                .isEqualTo(IntStream.rangeClosed(1, 22)
                        .mapToObj(i -> i > 10 && i <= 20 ? "38000" : String.valueOf(i))
                        .toList());
        assertThat(calls).hasValue(3);
    }

    @Test
    void half_that_fails_before_anything_has_succeeded_is_raised() {
        LAMBDA.does(request -> request.contains("poison")
                ? FakeLambda.refusal("RequestTooLargeException", 413, "m")
                : FakeLambda.refusal("AccessDeniedException", 403, "m"));
        assertThat(stateOf("pglambda.invoke_batch('few', '{\"\\\"poison\\\"\",1}')"))
                .isEqualTo("39000");
        assertThat(stateOf("pglambda.invoke_batch('few', '{1,\"\\\"poison\\\"\"}')"))
                .isEqualTo("39000");
        assertThat(LAMBDA.requests()).hasSize(5);
    }

    @Test
    void options_that_leave_no_room_are_an_error_of_the_statement() {
        echo();
        String options = "jsonb_build_object('o', repeat('x', 6291300))";
        assertThat(stateOf("pglambda.invoke_batch('few', '{1,2}', " + options + ")"))
                .isEqualTo("54000");
        assertThat(LAMBDA.requests()).isEmpty();
    }

    private static String stateOf(String call) {
        return errorOf(() -> rows(call)).sqlState();
    }

    @ParameterizedTest
    @CsvSource({"1, '1000 999'", "2, '1000 1 999 998'", "500, '1000 499 501 500'", "1000, '1000 999 1'"})
    void program_that_does_not_end_for_one_item_is_cut_there_and_costs_no_other(int guilty, String sizes) {
        EchoingBatches echo = new EchoingBatches();
        List<Integer> seen = new ArrayList<>();
        LAMBDA.does(request -> whereProgramDoesNotEnd(request, String.valueOf(guilty), seen, echo));
        assertThat(operator.values("select ordinality || ' ' || coalesce(result::text, error::text)"
                        + " from pglambda.invoke_batch('transform', " + numbers(1000) + ")"
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
        LAMBDA.does(request -> whereProgramDoesNotEnd(request, "[0-9]+", seen, new EchoingBatches()));
        SqlError error = errorOf(() -> rows("pglambda.invoke_batch('transform', " + numbers(1000) + ")"));
        assertThat(error.sqlState()).isEqualTo("54000");
        assertThat(error.detail().orElseThrow()).startsWith("Busy with item 1 of 999. ");
        assertThat(seen).containsExactly(1000, 999);
    }

    /**
     * Echoes the items. If one of them matches, the call fails at it, as the call of a handler that runs a program
     * does.
     */
    private static CompletableFuture<InvokeReply> whereProgramDoesNotEnd(
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
}
