package dev.pglambda.bundle.call;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.SqlError;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The request of a call, and its result. */
class InvokeTest extends CallFixture {

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
    void options_are_sent_unchanged() {
        LAMBDA.replies("{\"result\": 1}");
        operator.execute("select pglambda.invoke('transform', '1', '{\"o\": true}')");
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
        operator.execute("select pglambda.invoke('f', '1')");
        assertThat(LAMBDA.requests().get(0).functionName())
                .isEqualTo("arn:aws:lambda:eu-west-1:123456789012:function:f");
        assertThat(LAMBDA.requests().get(0).qualifier()).contains("live");
    }

    @Test
    void null_data_gives_null_without_a_call() {
        LAMBDA.replies("{\"result\": 1}");
        assertThat(app.value("select process_data(null)")).isNull();
        assertThat(operator.value("select pglambda.invoke('process', null, '{}')"))
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
    void text_of_any_script_and_depth_arrives_unchanged() {
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
    void time_out_is_the_shorter_of_setting_and_registry() {
        LAMBDA.replies("{\"result\": 1}");
        operator.execute("select pglambda.register('slow', 'slow', timeout_ms => 60000)");
        operator.execute("select pglambda.register('quick', 'quick', timeout_ms => 700)");
        assertThat(timeoutMs("slow", "")).isEqualTo("3000");
        assertThat(timeoutMs("quick", "")).isEqualTo("700");
        assertThat(timeoutMs("slow", "9000")).isEqualTo("9000");
        assertThat(timeoutMs("slow", "120000")).isEqualTo("60000");
        assertThat(timeoutMs("quick", "500")).isEqualTo("500");
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
    void user_can_cancel_a_call_and_use_the_session_afterwards() throws Exception {
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

    private static String timeoutMs(String function, String setting) {
        LAMBDA.replies("{\"result\": 1}");
        operator.execute("set aws_lambda.request_timeout_ms = '" + setting + "'");
        operator.execute("select pglambda.invoke('" + function + "', '1')");
        operator.execute("reset aws_lambda.request_timeout_ms");
        return operator.value("select ?::jsonb ->> 'timeoutMs'", LAMBDA.request());
    }
}
