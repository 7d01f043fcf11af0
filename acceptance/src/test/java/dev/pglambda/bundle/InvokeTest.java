package dev.pglambda.bundle;

import static dev.pglambda.bundle.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class InvokeTest {

    private static final FakeLambda LAMBDA = BundleServer.LAMBDA;

    private static BundleServer database;
    private static Sql app;
    private static Sql operator;

    @BeforeAll
    static void connect() {
        database = BundleServer.cloned();
        app = database.as("app");
        operator = database.as("operator");
        operator.execute("select lambda.register('f', 'arn:aws:lambda:eu-west-1:123456789012:function:f:live')");
    }

    @AfterAll
    static void disconnect() {
        database.drop();
    }

    @Test
    void wrapper_sends_the_request_of_the_contract_and_returns_the_result() {
        LAMBDA.replies("{\"result\": {\"status\": \"success\"}}");
        app.execute("set application_name = 'shop \"1\"'");
        assertThat(app.value("select process_data('{\"id\": 123, \"value\": \"test\"}')"))
                .isEqualTo("{\"status\": \"success\"}");
        assertThat(app.value("select (?::jsonb - 'id')::text", LAMBDA.request()))
                .isEqualTo("{\"data\": {\"id\": 123, \"value\": \"test\"}, \"action\": \"process\", \"caller\":"
                        + " {\"user\": \"app\", \"database\": \"" + database.database()
                        + "\", \"application\": \"shop \\\"1\\\"\"}, \"timeoutMs\": 3000}");
        assertThat(app.value("select (?::jsonb ->> 'id')::uuid::text", LAMBDA.request()))
                .isNotBlank();
    }

    @ParameterizedTest
    @CsvSource({"process_data, process", "transform_data, transform", "validate_data, validate"})
    void each_wrapper_calls_its_function(String wrapper, String function) {
        LAMBDA.replies("{\"result\": 1}");
        assertThat(app.value("select " + wrapper + "('[1]')")).isEqualTo("1");
        assertThat(LAMBDA.requests().get(0).functionName()).isEqualTo(function);
        assertThat(app.value("select ?::jsonb ->> 'action'", LAMBDA.request())).isEqualTo(function);
        assertThat(app.value("select ?::jsonb -> 'data'", LAMBDA.request())).isEqualTo("[1]");
        assertThat(app.value("select ?::jsonb -> 'options'", LAMBDA.request())).isNull();
    }

    @Test
    void options_are_sent_as_they_are() {
        LAMBDA.replies("{\"result\": 1}");
        operator.execute("select lambda.invoke('transform', '1', '{\"o\": true}')");
        assertThat(app.value("select ?::jsonb -> 'options'", LAMBDA.request())).isEqualTo("{\"o\": true}");
    }

    @Test
    void every_call_has_an_id_of_its_own() {
        LAMBDA.replies("{\"result\": 1}");
        app.execute("select process_data('1') from generate_series(1, 3)");
        assertThat(LAMBDA.requests().stream().map(r -> new String(r.payload(), StandardCharsets.UTF_8)))
                .hasSize(3)
                .doesNotHaveDuplicates();
    }

    @Test
    void name_and_qualifier_of_the_registry_are_called() {
        LAMBDA.replies("{\"result\": 1}");
        operator.execute("select lambda.invoke('f', '1')");
        assertThat(LAMBDA.requests().get(0).functionName())
                .isEqualTo("arn:aws:lambda:eu-west-1:123456789012:function:f");
        assertThat(LAMBDA.requests().get(0).qualifier()).contains("live");
    }

    @Test
    void null_data_gives_null_without_a_call() {
        LAMBDA.replies("{\"result\": 1}");
        assertThat(app.value("select process_data(null)")).isNull();
        assertThat(operator.value("select lambda.invoke('process', null, '{}')"))
                .isNull();
        assertThat(LAMBDA.requests()).isEmpty();
    }

    @Test
    void json_null_is_an_item_and_a_result() {
        LAMBDA.replies("{\"result\": null, \"error\": null}");
        assertThat(app.value("select process_data('null')")).isEqualTo("null");
        assertThat(app.value("select ?::jsonb -> 'data'", LAMBDA.request())).isEqualTo("null");
    }

    @Test
    void text_of_any_script_and_depth_arrives_as_it_was() {
        String item = "[".repeat(500) + "\"Grüße, 世界 😀 \\u0001 \\\\ \\\" \"" + "]".repeat(500);
        LAMBDA.replies("{\"result\": " + item + "}");
        assertThat(app.value("select (transform_data(?::jsonb) = ?::jsonb)::text", item, item))
                .isEqualTo("true");
        assertThat(app.value("select ((?::jsonb -> 'data') = ?::jsonb)::text", LAMBDA.request(), item))
                .isEqualTo("true");
    }

    @Test
    void numbers_keep_every_digit() {
        LAMBDA.replies("{\"result\": 12345678901234567890.123456789000}");
        assertThat(app.value("select transform_data('98765432109876543210.000')"))
                .isEqualTo("12345678901234567890.123456789000");
        assertThat(LAMBDA.request()).contains("98765432109876543210.000");
    }

    @Test
    void item_of_five_megabytes_goes_there_and_back() {
        LAMBDA.replies("{\"result\": \"" + "y".repeat(5_000_000) + "\"}");
        assertThat(app.value("select length(transform_data(to_jsonb(repeat('x', 5000000))) #>> '{}')::text"))
                .isEqualTo("5000000");
        assertThat(LAMBDA.request()).hasSizeGreaterThan(5_000_000);
    }

    @Test
    void request_over_six_megabytes_is_refused_before_the_call() {
        LAMBDA.replies("{\"result\": 1}");
        SqlError error = errorOf(() -> app.value("select transform_data(to_jsonb(repeat('x', 6291500)))"));
        assertThat(error.sqlState()).isEqualTo("54000");
        assertThat(error.message()).matches("the request to function 'transform' has 62916\\d\\d bytes, .* 6291556");
        assertThat(error.hint()).isPresent();
        assertThat(LAMBDA.requests()).isEmpty();
    }

    @Test
    void time_out_is_the_shorter_of_setting_and_registry() {
        LAMBDA.replies("{\"result\": 1}");
        operator.execute("select lambda.register('slow', 'slow', timeout_ms => 60000)");
        operator.execute("select lambda.register('quick', 'quick', timeout_ms => 700)");
        assertThat(timeoutMs("slow", "")).isEqualTo("3000");
        assertThat(timeoutMs("quick", "")).isEqualTo("700");
        assertThat(timeoutMs("slow", "9000")).isEqualTo("9000");
        assertThat(timeoutMs("slow", "120000")).isEqualTo("60000");
        assertThat(timeoutMs("quick", "500")).isEqualTo("500");
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
                "{\"sqlstate\":\"22023\",\"message\":\"m\"}|",
                "{\"sqlstate\":\"22023\",\"message\":\"m\",\"detail\":null,\"hint\":\"\"}|",
                "{\"sqlstate\":\"22023\",\"message\":\"m\",\"detail\":\"d\"}|d",
            },
            delimiter = '|')
    void parts_that_the_reply_leaves_out_are_left_out(String json, String detail) {
        LAMBDA.replies("{\"error\": " + json + "}");
        SqlError error = errorOf(() -> app.value("select process_data('{}')"));
        assertThat(error.sqlState()).isEqualTo("22023");
        assertThat(error.detail().orElse(null)).isEqualTo(detail);
        assertThat(error.hint()).isEmpty();
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
    void sqlstate_that_is_no_errors_becomes_38000(String sqlState) {
        LAMBDA.replies("{\"error\": {\"sqlstate\": " + sqlState + ", \"message\": \"m\"}}");
        SqlError error = errorOf(() -> app.value("select process_data('{}')"));
        assertThat(error.sqlState()).isEqualTo("38000");
        assertThat(error.message()).isEqualTo("m");
        assertThat(error.detail().orElseThrow())
                .startsWith("The function gave ")
                .endsWith(" as SQLSTATE.");
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
    void reply_that_is_not_of_the_contract_is_38000_and_shown(String reply) {
        LAMBDA.replies(reply);
        SqlError error = errorOf(() -> app.value("select process_data('{}')"));
        assertThat(error.sqlState()).isEqualTo("38000");
        assertThat(error.message()).isEqualTo("function 'process' did not reply with a result or an error");
        assertThat(error.detail()).contains("It replied: " + reply);
        assertThat(error.hint()).isPresent();
    }

    @Test
    void shown_reply_is_cut_short() {
        LAMBDA.replies("\"" + "x".repeat(10_000) + "\"");
        assertThat(errorOf(() -> app.value("select process_data('{}')"))
                        .detail()
                        .orElseThrow())
                .hasSizeLessThan(250);
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "{\"result\": \"\\u0000\"}", "{\"result\": \"\\ud800\"}", "", "{\"result\": 1"})
    void reply_that_postgresql_cannot_hold_is_38000(String reply) {
        LAMBDA.replies(reply);
        SqlError error = errorOf(() -> app.value("select process_data('{}')"));
        assertThat(error.sqlState()).isEqualTo("38000");
        assertThat(error.message()).isEqualTo("the reply of function 'process' is not JSON that PostgreSQL takes");
    }

    @Test
    void failed_function_is_38000_with_type_and_message_and_no_stack() {
        LAMBDA.fails("{\"errorMessage\": \"it said \\\"no\\\"\\nloudly\", \"errorType\": \"com.example.Broken\","
                + " \"stackTrace\": [\"com.example.Secret.method(Secret.java:1)\"]}");
        SqlError error = errorOf(() -> app.value("select process_data('{}')"));
        assertThat(error.sqlState()).isEqualTo("38000");
        assertThat(error.message()).isEqualTo("function 'process' failed");
        assertThat(error.detail()).contains("com.example.Broken: it said \"no\"\nloudly");
        assertThat(error.hint().orElseThrow()).matches("Look for call [0-9a-f-]{36} in the function's log\\.");
        assertThat(error.getMessage()).doesNotContain("Secret.java");
        assertThat(LAMBDA.request()).contains(error.hint().orElseThrow().split(" ")[3]);
    }

    @Test
    void timed_out_function_is_39000() {
        LAMBDA.fails(
                "{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: 1 Error: Task timed out after 3.00"
                        + " seconds\"}");
        SqlError error = errorOf(() -> app.value("select process_data('{}')"));
        assertThat(error.sqlState()).isEqualTo("39000");
        assertThat(error.message()).isEqualTo("function 'process' timed out");
        assertThat(error.detail().orElseThrow()).contains("Task timed out after 3.00 seconds");
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
    void program_of_the_caller_that_does_not_end_is_54000_with_its_words() {
        LAMBDA.fails("{\"errorType\":\"dev.pglambda.program.ProgramLimitError\","
                + "\"errorMessage\":\"the expression did not end within 8800 ms\",\"stackTrace\":[\"s\"]}");
        SqlError error = errorOf(() -> app.value("select transform_data('{}', '1')"));
        assertThat(error.sqlState()).isEqualTo("54000");
        assertThat(error.message()).isEqualTo("the expression did not end within 8800 ms");
        assertThat(error.detail()).isEmpty();
        assertThat(error.hint().orElseThrow()).contains("more time");
    }

    @ParameterizedTest
    @CsvSource({
        "ResourceNotFoundException, 404, 39000",
        "TooManyRequestsException, 429, 39000",
        "ServiceException, 500, 39000",
        "RequestTooLargeException, 413, 54000"
    })
    void refusal_of_lambda_is_an_error_of_the_call(String type, int status, String sqlState) {
        LAMBDA.refuses(type, status, "words of Lambda");
        SqlError error = errorOf(() -> app.value("select process_data('{}')"));
        assertThat(error.sqlState()).isEqualTo(sqlState);
        assertThat(error.detail().orElseThrow()).contains(type).contains("words of Lambda");
        assertThat(error.hint()).isPresent();
    }

    @Test
    void no_answer_in_time_is_39000() {
        LAMBDA.neverAnswers();
        app.execute("set aws_lambda.request_timeout_ms = 200");
        SqlError error = errorOf(() -> app.value("select process_data('{}')"));
        app.execute("reset aws_lambda.request_timeout_ms");
        assertThat(error.sqlState()).isEqualTo("39000");
        assertThat(error.message()).isEqualTo("function 'process' could not be called");
        assertThat(error.hint().orElseThrow()).contains("200 ms (aws_lambda.request_timeout_ms)");
    }

    @Test
    void context_of_an_error_is_the_call_and_the_wrapper_only() {
        operator.execute("select lambda.register('closed', 'closed', enabled => false)");
        String call = "PL/pgSQL function lambda\\.invoke\\(text,jsonb,jsonb\\) line \\d+ at RAISE";
        assertThat(contextOf("select lambda.invoke('closed', '1')")).matches(call);
        assertThat(contextOf("select lambda.invoke('nobody', '1')")).matches(call);

        String wrapper = call + "\nPL/pgSQL function public\\.process_data\\(jsonb\\) line \\d+ at RETURN";
        LAMBDA.fails("{\"errorMessage\": \"m\", \"errorType\": \"t\"}");
        assertThat(contextOf("select process_data('{}')")).matches(wrapper);
        LAMBDA.refuses("TooManyRequestsException", 429, "m");
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
    void error_of_aws_lambda_that_is_none_of_ours_stays_as_it_is() {
        LAMBDA.replies("{\"result\": 1}");
        app.execute("set aws_lambda.request_timeout_ms = 0");
        SqlError error = errorOf(() -> app.value("select process_data('{}')"));
        app.execute("reset aws_lambda.request_timeout_ms");
        assertThat(error.sqlState()).isEqualTo("22023");
        assertThat(error.message()).contains("aws_lambda.request_timeout_ms");
    }

    @Test
    void unregistered_function_is_no_data_found() {
        SqlError error = errorOf(() -> operator.value("select lambda.invoke('it''s', '1')"));
        assertThat(error.sqlState()).isEqualTo("P0002");
        assertThat(error.message()).isEqualTo("function 'it''s' is not registered");
        assertThat(error.hint().orElseThrow()).contains("select lambda.register('it''s', '<function name or ARN>');");
    }

    @Test
    void disabled_function_is_39000_without_a_call() {
        LAMBDA.replies("{\"result\": 1}");
        operator.execute("select lambda.register('off', 'off', enabled => false)");
        SqlError error = errorOf(() -> operator.value("select lambda.invoke('off', '1')"));
        assertThat(error.sqlState()).isEqualTo("39000");
        assertThat(error.message()).isEqualTo("function 'off' is disabled");
        assertThat(LAMBDA.requests()).isEmpty();
    }

    @Test
    void cancelled_statement_stays_cancelled() {
        LAMBDA.neverAnswers();
        app.execute("set aws_lambda.request_timeout_ms = 8000; set statement_timeout = 300");
        SqlError error = errorOf(() -> app.value("select process_data('{}')"));
        app.execute("reset aws_lambda.request_timeout_ms; reset statement_timeout");
        assertThat(error.sqlState()).isEqualTo("57014");
    }

    @Test
    void cancel_of_a_user_gets_through_and_the_session_goes_on() throws Exception {
        LAMBDA.neverAnswers();
        app.execute("set aws_lambda.request_timeout_ms = 8000");
        try (Statement statement = app.connection().createStatement()) {
            CompletableFuture<String> state = CompletableFuture.supplyAsync(() -> {
                try {
                    statement.execute("select process_data('{}')");
                    return "none";
                } catch (SQLException e) {
                    return e.getSQLState();
                }
            });
            Awaitility.await().until(() -> !LAMBDA.requests().isEmpty());
            statement.cancel();
            assertThat(state.get(20, TimeUnit.SECONDS)).isEqualTo("57014");
        }
        app.execute("reset aws_lambda.request_timeout_ms");
        LAMBDA.replies("{\"result\": 5}");
        assertThat(app.value("select process_data('{}')")).isEqualTo("5");
    }

    @Test
    void ordinary_conditions_come_before_the_call() {
        LAMBDA.replies("{\"result\": true}");
        assertThat(app.values("select i::text from generate_series(1, 5) i"
                        + " where validate_data(to_jsonb(i)) = 'true' and i::text ~ '[34]'"))
                .containsExactly("3", "4");
        assertThat(LAMBDA.requests()).hasSize(2);
    }

    private static String contextOf(String sql) {
        return errorOf(() -> (sql.contains("lambda.") ? operator : app).value(sql))
                .context();
    }

    private static String timeoutMs(String function, String setting) {
        LAMBDA.replies("{\"result\": 1}");
        operator.execute("set aws_lambda.request_timeout_ms = '" + setting + "'");
        operator.execute("select lambda.invoke('" + function + "', '1')");
        operator.execute("reset aws_lambda.request_timeout_ms");
        return operator.value("select ?::jsonb ->> 'timeoutMs'", LAMBDA.request());
    }
}
