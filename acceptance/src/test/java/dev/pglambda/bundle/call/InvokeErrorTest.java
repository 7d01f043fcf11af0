package dev.pglambda.bundle.call;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.SqlError;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The errors of a call. */
class InvokeErrorTest extends CallFixture {

    @Test
    void request_over_six_megabytes_is_refused_before_the_call() {
        LAMBDA.replies("{\"result\": 1}");
        SqlError error = errorOf(() -> app.value("select transform_data(to_jsonb(repeat('x', 6291500)))"));
        assertThat(error.sqlState()).isEqualTo("54000");
        assertThat(error.message())
                .matches("the request to function 'transform' has \\d{7} bytes, and Lambda takes 6291556");
        assertThat(error.hint()).isPresent();
        assertThat(LAMBDA.requests()).isEmpty();
    }

    @Test
    void error_of_the_reply_is_raised_in_all_its_parts() {
        LAMBDA.replies(
                "{\"error\": {\"sqlstate\": \"23505\", \"message\": \"100 % taken\", \"detail\": \"D\", \"hint\":"
                        + " \"H\"}}");
        SqlError error = errorOf(() -> app.value("select process_data('{}')"));
        assertThat(error.sqlState()).isEqualTo("23505");
        assertThat(error.message()).isEqualTo("100 % taken");
        assertThat(error.detail()).contains("D");
        assertThat(error.hint()).contains("H");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "{\"sqlstate\":\"22023\",\"message\":\"m\"} | Function 'process' raised this error.",
                "{\"sqlstate\":\"22023\",\"message\":\"m\",\"detail\":null,\"hint\":\"\"}"
                        + " | Function 'process' raised this error.",
                "{\"sqlstate\":\"22023\",\"message\":\"m\",\"detail\":\"d\"} | d",
            },
            delimiter = '|',
            quoteCharacter = '`')
    void missing_detail_and_hint_say_which_call_it_was(String json, String detail) {
        LAMBDA.replies("{\"error\": " + json + "}");
        SqlError error = errorOf(() -> app.value("select process_data('{}')"));
        assertThat(error.sqlState()).isEqualTo("22023");
        assertThat(error.detail()).contains(detail);
        String id = app.value("select ?::jsonb ->> 'id'", LAMBDA.request());
        assertThat(error.hint()).contains("Look for call " + id + " in the function's log.");
    }

    @Test
    void program_of_the_caller_that_does_not_end_is_54000_with_its_message() {
        LAMBDA.fails("{\"errorType\":\"dev.pglambda.program.ProgramLimitError\","
                + "\"errorMessage\":\"the expression did not end within 8800 ms\",\"stackTrace\":[\"s\"]}");
        SqlError error = errorOf(() -> app.value("select transform_data('{}', '1')"));
        assertThat(error.sqlState()).isEqualTo("54000");
        assertThat(error.message()).isEqualTo("the expression did not end within 8800 ms");
        assertThat(error.detail().orElseThrow())
                .isEqualTo("The environment of the function ended with it; the next call gets a new one.");
        assertThat(error.hint().orElseThrow()).contains("more time");
    }

    @Test
    void error_can_be_caught_by_its_condition_name() {
        LAMBDA.replies("{\"error\": {\"sqlstate\": \"P0002\", \"message\": \"no such order\"}}");
        app.execute("do $$ begin perform process_data('1'); raise 'not reached';"
                + " exception when no_data_found then null; end $$");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"00000\"",
                "\"01000\"",
                "\"02000\"",
                "\"abc\"",
                "\"unique_violation\"",
                "\"22p02\"",
                "7",
                "null"
            })
    void sqlstate_that_is_not_of_an_error_becomes_38000(String sqlState) {
        LAMBDA.replies("{\"error\": {\"sqlstate\": " + sqlState + ", \"message\": \"m\"}}");
        SqlError error = errorOf(() -> app.value("select process_data('{}')"));
        assertThat(error.sqlState()).isEqualTo("38000");
        assertThat(error.message()).isEqualTo("m");
        assertThat(error.detail().orElseThrow())
                .startsWith("The function gave ")
                .endsWith(" as SQLSTATE.");
    }

    /** Connection pools would close a healthy connection, or WHEN OTHERS would let it through. */
    @ParameterizedTest
    @ValueSource(
            strings = {"08006", "0A000", "25006", "2D000", "3B001", "57014", "57P01", "58030", "F0000", "P0004", "XX000"
            })
    void sqlstate_that_says_something_of_the_session_becomes_38000(String sqlState) {
        LAMBDA.replies("{\"error\": {\"sqlstate\": \"" + sqlState + "\", \"message\": \"m\", \"detail\": \"d\"}}");
        SqlError error = errorOf(() -> app.value("select process_data('{}')"));
        assertThat(error.sqlState()).isEqualTo("38000");
        assertThat(error.message()).isEqualTo("m");
        assertThat(error.detail()).contains("d\nThe function gave '" + sqlState + "' as SQLSTATE.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "[]",
                "7",
                "\"text\"",
                "null",
                "{\"error\": \"text\"}",
                "{\"processedData\": {}}",
                "{\"error\": null}"
            })
    void reply_that_is_not_of_the_contract_is_38000_and_shown_to_operators(String reply) {
        LAMBDA.replies(reply);
        SqlError error = errorOf(() -> operator.value("select pglambda.invoke('process', '{}')"));
        assertThat(error.sqlState()).isEqualTo("38000");
        assertThat(error.message()).isEqualTo("function 'process' did not reply with a result or an error");
        assertThat(error.detail()).contains("It replied: " + reply);
        assertThat(error.hint()).isPresent();
        SqlError shown = errorOf(() -> app.value("select process_data('{}')"));
        assertThat(shown.message()).isEqualTo(error.message());
        assertThat(shown.detail()).contains("Function 'process' raised this error.");
        assertThat(shown.hint()).isEqualTo(error.hint());
    }

    @Test
    void shown_reply_is_cut_short() {
        LAMBDA.replies("\"" + "x".repeat(10_000) + "\"");
        assertThat(errorOf(() -> operator.value("select pglambda.invoke('process', '{}')"))
                        .detail()
                        .orElseThrow())
                .startsWith("It replied: ")
                .hasSizeLessThan(250);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "{\"result\": \"\\u0000\"}", "{\"result\": \"\\ud800\"}", "", "{\"result\": 1"})
    void reply_that_postgresql_cannot_hold_is_38000(String reply) {
        LAMBDA.replies(reply);
        SqlError error = errorOf(() -> app.value("select process_data('{}')"));
        assertThat(error.sqlState()).isEqualTo("38000");
        assertThat(error.message()).isEqualTo("the reply of function 'process' is not JSON that PostgreSQL accepts");
        assertThat(error.detail().orElseThrow()).matches("The function has run, in call [0-9a-f-]{36}\\.");
        assertThat(error.hint().orElseThrow()).startsWith("Look for call ");
    }

    @Test
    void failed_function_is_38000_with_type_and_call_and_neither_message_nor_stack() {
        LAMBDA.fails("{\"errorMessage\": \"it said \\\"no\\\"\\nloudly\", \"errorType\": \"com.example.Broken\","
                + " \"stackTrace\": [\"com.example.Secret.method(Secret.java:1)\"]}");
        SqlError error = errorOf(() -> app.value("select process_data('{}')"));
        assertThat(error.sqlState()).isEqualTo("38000");
        assertThat(error.message()).isEqualTo("function 'process' failed");
        assertThat(error.detail().orElseThrow()).matches("com\\.example\\.Broken in call [0-9a-f-]{36}\\.");
        assertThat(error.hint().orElseThrow()).matches("Look for call [0-9a-f-]{36} in the function's log\\.");
        assertThat(error.getMessage()).doesNotContain("Secret.java").doesNotContain("loudly");
        assertThat(LAMBDA.request()).contains(error.hint().orElseThrow().split(" ")[3]);
    }

    @Test
    void reply_over_six_megabytes_is_54000() {
        LAMBDA.fails(
                "{\"errorType\":\"Function.ResponseSizeTooLarge\",\"errorMessage\":\"Response payload size exceeded\"}");
        SqlError error = errorOf(() -> app.value("select process_data('{}')"));
        assertThat(error.sqlState()).isEqualTo("54000");
        assertThat(error.message()).contains("the reply of function 'process'");
    }

    @Test
    void context_of_an_error_is_the_call_and_the_wrapper_only() {
        operator.execute("select pglambda.register('closed', 'closed'), pglambda.disable('closed')");
        String call = "PL/pgSQL function pglambda\\.invoke\\(text,jsonb,jsonb\\) line \\d+ at RAISE";
        assertThat(contextOf("select pglambda.invoke('closed', '1')")).matches(call);
        assertThat(contextOf("select pglambda.invoke('nobody', '1')")).matches(call);

        String wrapper = call + "\nPL/pgSQL function public\\.process_data\\(jsonb\\) line \\d+ at RETURN";
        LAMBDA.fails("{\"errorMessage\": \"m\", \"errorType\": \"t\"}");
        assertThat(contextOf("select process_data('{}')")).matches(wrapper);
        LAMBDA.refuses("AccessDeniedException", 403, "m");
        assertThat(contextOf("select process_data('{}')")).matches(wrapper);
        for (String parts :
                List.of("", ", \"detail\": \"d\"", ", \"hint\": \"h\"", ", \"detail\": \"d\", \"hint\": \"h\"")) {
            LAMBDA.replies("{\"error\": {\"sqlstate\": \"22023\", \"message\": \"m\"" + parts + "}}");
            assertThat(contextOf("select process_data('{}')")).matches(wrapper);
        }
        for (String reply : List.of("{}", "not json")) {
            LAMBDA.replies(reply);
            assertThat(contextOf("select process_data('{}')")).matches(wrapper);
        }
    }

    @Test
    void unregistered_function_is_no_data_found() {
        SqlError error = errorOf(() -> operator.value("select pglambda.invoke('it''s', '1')"));
        assertThat(error.sqlState()).isEqualTo("P0002");
        assertThat(error.message()).isEqualTo("function 'it''s' is not registered");
        assertThat(error.detail()).contains("Nothing was called.");
        assertThat(error.hint().orElseThrow()).contains("select pglambda.register('it''s', '<function name or ARN>');");
    }

    private static String contextOf(String sql) {
        return errorOf(() -> (sql.contains("lambda.") ? operator : app).value(sql))
                .context();
    }
}
