package dev.pglambda.local.postgres.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.local.lambda.api.InvokeReply;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.ServerErrorMessage;

/** The settings aws_lambda.*, and what the request time-out does. */
@Timeout(60)
final class AwsLambdaSettingsTest {

    @RegisterExtension
    static final ClonedDatabase DATABASE = TestPlatform.database();

    private static final String INVOKE = "select payload from aws_lambda.invoke('f', '{}'::json)";

    private final ScriptedLambda lambda = DATABASE.lambda();
    private Session session;

    @BeforeEach
    void connect() throws SQLException {
        session = DATABASE.master();
    }

    @AfterEach
    void disconnect() throws SQLException {
        session.close();
    }

    @ParameterizedTest
    @CsvSource({
        "aws_lambda.connect_timeout_ms,1000",
        "aws_lambda.request_timeout_ms,3000",
        "aws_lambda.endpoint_override,''"
    })
    void have_the_defaults_of_aws(String setting, String value) throws SQLException {
        assertThat(session.value("show " + setting)).isEqualTo(value);
    }

    @Test
    void the_defaults_in_the_server_are_those_in_the_code() throws SQLException {
        for (TimeoutSetting setting : TimeoutSetting.values()) {
            assertThat(session.value("show " + setting.settingName())).isEqualTo(Integer.toString(setting.defaultMs()));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "900000", " 5000 ", "+7", ""})
    void take_values_in_their_range(String value) throws SQLException {
        session.execute("set aws_lambda.connect_timeout_ms = '" + value + "'");
        assertThat(session.value(INVOKE)).isEqualTo("{}");
    }

    @ParameterizedTest
    @CsvSource({
        "connect,0",
        "connect,900001",
        "request,0",
        "request,-1",
        "request,900001",
        "request,99999999999999999999"
    })
    void values_out_of_range_are_errors_like_postgresqls(String which, String value) throws SQLException {
        String setting = "aws_lambda." + which + "_timeout_ms";
        session.execute("set " + setting + " = '" + value + "'");
        ServerErrorMessage error = session.error(INVOKE);
        assertThat(error.getSQLState()).isEqualTo("22023");
        assertThat(error.getMessage())
                .isEqualTo(value + " is outside the valid range for parameter \"" + setting + "\" (1 .. 900000)");
        assertThat(lambda.requests()).isEmpty();
        session.execute("reset " + setting);
        session.rows(INVOKE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "1.5", "3s"})
    void values_that_are_not_numbers_are_errors_like_postgresqls(String value) throws SQLException {
        session.execute("set aws_lambda.request_timeout_ms = '" + value + "'");
        ServerErrorMessage error = session.error(INVOKE);
        assertThat(error.getSQLState()).isEqualTo("22023");
        assertThat(error.getMessage())
                .isEqualTo("invalid value for parameter \"aws_lambda.request_timeout_ms\": \"" + value + "\"");
    }

    @Test
    void the_request_timeout_ends_the_call_and_not_the_function() throws SQLException {
        CompletableFuture<?> function = lambda.hang();
        session.execute("set aws_lambda.request_timeout_ms = 300");
        long start = System.nanoTime();
        ServerErrorMessage error = session.error(INVOKE);
        Duration waited = Duration.ofNanos(System.nanoTime() - start);
        assertThat(error.getMessage()).isEqualTo("invoke API failed");
        assertThat(error.getDetail()).isEqualTo("AWS Lambda client returned 'curlCode: 28, Timeout was reached'.");
        assertThat(error.getHint()).contains("300 ms", "aws_lambda.request_timeout_ms");
        assertThat(waited).isBetween(Duration.ofMillis(290), Duration.ofSeconds(5));
        assertThat(function).isNotDone();
        assertThat(lambda.requests()).hasSize(1);
    }

    @Test
    void a_late_answer_is_never_taken_for_the_next_one() throws SQLException {
        CompletableFuture<InvokeReply> first = lambda.hang();
        session.execute("set aws_lambda.request_timeout_ms = 100");
        session.error(INVOKE);
        first.complete(ScriptedLambda.reply("\"first\"".getBytes(StandardCharsets.UTF_8)));
        lambda.replyWith("\"second\"");
        assertThat(session.value(INVOKE)).isEqualTo("\"second\"");
    }
}
