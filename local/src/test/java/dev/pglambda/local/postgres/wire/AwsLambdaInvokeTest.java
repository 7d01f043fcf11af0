package dev.pglambda.local.postgres.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.local.lambda.api.InvocationType;
import dev.pglambda.local.lambda.api.InvokeReply;
import dev.pglambda.local.lambda.api.InvokeRequest;
import java.sql.SQLException;
import java.util.Base64;
import java.util.Optional;
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

/** aws_lambda.invoke for its callers: functions, arguments, answers and errors. */
@Timeout(60)
final class AwsLambdaInvokeTest {

    @RegisterExtension
    static final ClonedDatabase DATABASE = TestPlatform.database();

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

    @Test
    void has_exactly_the_four_overloads_of_aws() throws SQLException {
        assertThat(session.rows("""
                        select pg_get_function_arguments(oid) from pg_proc
                        where pronamespace = 'aws_lambda'::regnamespace and proname = 'invoke' order by 1
                        """))
                .containsExactly(
                        overload("aws_commons._lambda_function_arn_1", "json", ""),
                        overload("aws_commons._lambda_function_arn_1", "jsonb", ""),
                        overload("text", "json", "region text DEFAULT NULL::text, "),
                        overload("text", "jsonb", "region text DEFAULT NULL::text, "));
    }

    private static String overload(String name, String json, String region) {
        return "function_name " + name + ", payload " + json + ", " + region
                + "invocation_type text DEFAULT 'RequestResponse'::text, log_type text DEFAULT 'None'::text, context "
                + json + " DEFAULT NULL::" + json + ", qualifier character varying DEFAULT NULL::character varying, "
                + "OUT status_code integer, OUT payload " + json + ", OUT executed_version text, OUT log_result text";
    }

    @Test
    void its_schema_has_no_other_objects_and_its_functions_are_volatile_and_unsafe_in_parallel() throws SQLException {
        assertThat(session.rows("""
                        select proname, provolatile, proparallel, proisstrict from pg_proc
                        where pronamespace = 'aws_lambda'::regnamespace
                        """)).hasSize(4).containsOnly("invoke|v|u|f");
    }

    @Test
    void the_composite_type_has_name_and_region() throws SQLException {
        assertThat(session.value("select aws_commons.create_lambda_function_arn('f')"))
                .isEqualTo("(f,)");
        assertThat(session.value("select a.function_name, a.region, pg_typeof(a) "
                        + "from aws_commons.create_lambda_function_arn('f', 'us-east-1') a"))
                .isEqualTo("f|us-east-1|aws_commons._lambda_function_arn_1");
    }

    @Test
    void an_untyped_payload_is_not_unique() {
        assertThat(session.error("select aws_lambda.invoke('f', '{\"a\": 1}')").getSQLState())
                .isEqualTo("42725");
    }

    @Test
    void only_the_extensions_of_rds_are_there() throws SQLException {
        assertThat(session.rows("select extname, extversion from pg_extension order by 1"))
                .containsExactly("aws_commons|1.0", "aws_lambda|1.0", "plpgsql|1.0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'f'", "aws_commons.create_lambda_function_arn('f', 'us-east-1')"})
    void returns_status_payload_and_version(String function) throws SQLException {
        for (String json : new String[] {"json", "jsonb"}) {
            assertThat(session.rows("select * from aws_lambda.invoke(" + function + ", '{\"a\": 1}'::" + json + ")"))
                    .containsExactly("200|{\"a\": 1}|$LATEST|");
        }
    }

    @Test
    void json_is_passed_byte_for_byte_and_jsonb_normalized() throws SQLException {
        String json = "{ \"b\" : 1,\t\"a\":1.50,\n\"a\" : \"ä€😀\" }";
        assertThat(session.value("select payload from aws_lambda.invoke('f', ?::json)", json))
                .isEqualTo(json);
        assertThat(session.value("select payload from aws_lambda.invoke('f', ?::jsonb)", json))
                .isEqualTo("{\"a\": \"ä€😀\", \"b\": 1}");
        assertThat(lambda.requests())
                .extracting(request -> new String(request.payload(), UTF_8))
                .containsExactly(json, "{\"a\": \"ä€😀\", \"b\": 1}");
    }

    @Test
    void json_null_is_a_payload() throws SQLException {
        assertThat(session.value("select payload from aws_lambda.invoke('f', 'null'::jsonb)"))
                .isEqualTo("null");
    }

    @Test
    void five_megabytes_are_sent_and_received() throws SQLException {
        String json = "\"" + "ä".repeat(2_500_000) + "\"";
        assertThat(session.value("select payload::text = ? from aws_lambda.invoke('f', ?::json)", json, json))
                .isEqualTo("t");
        assertThat(lambda.onlyRequest().payload()).hasSize(5_000_002);
    }

    @Test
    void a_request_far_over_the_limit_is_refused_and_the_session_continues() throws SQLException {
        ServerErrorMessage error =
                session.error("select aws_lambda.invoke('f', ('\"' || repeat('x', 8000000) || '\"')::json)");
        assertThat(error.getMessage()).isEqualTo("invoke API failed");
        assertThat(error.getDetail()).contains("RequestTooLargeException", "6291556");
        assertThat(lambda.requests()).isEmpty();
        assertStillUsable();
    }

    @Test
    void arguments_reach_lambda() throws SQLException {
        session.rows("""
                select aws_lambda.invoke(function_name => 'f', payload => '{}'::json, log_type => 'Tail',
                    context => '{"custom": "ä"}'::json, qualifier => 'live')
                """);
        InvokeRequest request = lambda.onlyRequest();
        assertThat(request.functionName()).isEqualTo("f");
        assertThat(request.qualifier()).contains("live");
        assertThat(request.tailLog()).isTrue();
        assertThat(request.invocationType()).isEqualTo(InvocationType.REQUEST_RESPONSE);
        assertThat(request.clientContext().map(Base64.getDecoder()::decode).map(b -> new String(b, UTF_8)))
                .contains("{\"custom\": \"ä\"}");
    }

    @Test
    void without_options_lambda_gets_none() throws SQLException {
        session.rows("select aws_lambda.invoke('f', '{}'::json)");
        InvokeRequest request = lambda.onlyRequest();
        assertThat(request.qualifier()).isEmpty();
        assertThat(request.tailLog()).isFalse();
        assertThat(request.clientContext()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"Event,202", "DryRun,204"})
    void event_and_dry_run_have_a_status_and_no_payload(String type, int status) throws SQLException {
        assertThat(session.rows("select * from aws_lambda.invoke('f', '{}'::jsonb, invocation_type => '" + type + "')"))
                .containsExactly(status + "|||");
        assertThat(lambda.onlyRequest().invocationType().apiName()).isEqualTo(type);
    }

    @Test
    void log_and_executed_version_are_returned() throws SQLException {
        lambda.behave(request -> CompletableFuture.completedFuture(new InvokeReply(
                200,
                Optional.of("1".getBytes(UTF_8)),
                ScriptedLambda.ARN,
                "7",
                Optional.empty(),
                Optional.of("bG9n"))));
        assertThat(session.rows("select * from aws_lambda.invoke('f', '{}'::jsonb, log_type => 'Tail')"))
                .containsExactly("200|1|7|bG9n");
    }

    @Test
    void a_star_over_the_composite_calls_four_times_and_from_once() throws SQLException {
        session.rows("select (aws_lambda.invoke('f', '{}'::json)).*");
        assertThat(lambda.requests()).hasSize(4);
        lambda.reset();
        session.rows("select * from aws_lambda.invoke('f', '{}'::json)");
        assertThat(lambda.requests()).hasSize(1);
    }

    @Test
    void a_refusal_is_invoke_api_failed() throws SQLException {
        lambda.refuseWith("ResourceNotFoundException", 404, "Function not found: " + ScriptedLambda.ARN);
        ServerErrorMessage error = session.error("select aws_lambda.invoke('f', '{}'::json)");
        assertThat(error.getMessage()).isEqualTo("invoke API failed");
        assertThat(error.getDetail())
                .isEqualTo("AWS Lambda client returned 'ResourceNotFoundException: Function not found: "
                        + ScriptedLambda.ARN + "'.");
        assertThat(error.getSQLState()).isEqualTo("XX000");
        assertThat(error.getWhere())
                .endsWith("SQL function \"invoke\" statement 1")
                .doesNotContain("dblink");
        assertStillUsable();
    }

    @Test
    void a_failed_function_is_lambda_invocation_failed() throws SQLException {
        lambda.failWith("{\"errorMessage\": \"no ä\", \"errorType\": \"java.lang.Oops\"}");
        ServerErrorMessage error = session.error("select aws_lambda.invoke('f', '{}'::json)");
        assertThat(error.getMessage()).isEqualTo("lambda invocation failed");
        assertThat(error.getDetail())
                .isEqualTo("\"" + ScriptedLambda.ARN + "\" returned error \"Unhandled\", details: "
                        + "\"{\"errorMessage\": \"no ä\", \"errorType\": \"java.lang.Oops\"}\".");
        assertThat(error.getSQLState()).isEqualTo("XX000");
        assertThat(error.getWhere()).endsWith("SQL function \"invoke\" statement 1");
        assertStillUsable();
    }

    @Test
    void an_error_can_be_caught_in_plpgsql() throws SQLException {
        lambda.failWith("{}");
        session.execute("""
                do $$ begin perform aws_lambda.invoke('f', '{}'::json);
                exception when internal_error then null; end $$
                """);
    }

    @Test
    void a_lambda_that_throws_is_an_error_and_the_session_continues() throws SQLException {
        lambda.behave(request -> {
            throw new IllegalStateException("bug");
        });
        assertThat(session.error("select aws_lambda.invoke('f', '{}'::json)").getDetail())
                .contains("ServiceException", "bug");
        lambda.behave(request -> CompletableFuture.failedFuture(new IllegalStateException("later\0bug")));
        assertThat(session.error("select aws_lambda.invoke('f', '{}'::json)").getDetail())
                .contains("laterbug");
        assertStillUsable();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not json", "", "{", "{\"a\": }"})
    void a_reply_that_is_not_json_is_an_error(String reply) throws SQLException {
        lambda.replyWith(reply);
        assertThat(session.error("select aws_lambda.invoke('f', '{}'::json)").getSQLState())
                .isEqualTo("22P02");
        assertThat(session.error("select aws_lambda.invoke('f', '{}'::jsonb)").getSQLState())
                .isEqualTo("22P02");
        assertStillUsable();
    }

    @Test
    void bytes_that_are_not_text_never_reach_the_database() throws SQLException {
        lambda.replyWith(new byte[] {'"', (byte) 0xff, '"'});
        assertThat(session.error("select aws_lambda.invoke('f', '{}'::json)").getDetail())
                .contains("UTF-8");
        lambda.replyWith(new byte[] {'1', 0, '2'});
        assertThat(session.error("select aws_lambda.invoke('f', '{}'::json)").getDetail())
                .contains("NUL");
        assertStillUsable();
    }

    @Test
    void an_escaped_nul_fits_json_and_not_jsonb() throws SQLException {
        lambda.replyWith("\"\\u0000\"");
        assertThat(session.value("select payload from aws_lambda.invoke('f', '{}'::json)"))
                .isEqualTo("\"\\u0000\"");
        assertThat(session.error("select aws_lambda.invoke('f', '{}'::jsonb)").getSQLState())
                .isEqualTo("22P05");
        assertStillUsable();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "null::text, '{}'::json; 22004; function_name",
                "aws_commons.create_lambda_function_arn(null), '{}'::json; 22004; function_name",
                "'f', null::json; 22004; payload",
                "'f', '{}'::json, invocation_type => null; 22004; invocation_type",
                "'f', '{}'::json, invocation_type => 'requestresponse'; 22023; invocation_type",
                "'f', '{}'::json, invocation_type => ''; 22023; invocation_type",
                "'f', '{}'::json, log_type => null; 22004; log_type",
                "'f', '{}'::json, log_type => 'tail'; 22023; log_type",
            })
    void wrong_arguments_are_errors(String arguments, String sqlState, String name) throws SQLException {
        ServerErrorMessage error = session.error("select aws_lambda.invoke(" + arguments + ")");
        assertThat(error.getSQLState()).isEqualTo(sqlState);
        assertThat(error.getMessage()).contains(name);
        assertThat(error.getDetail()).isNotEmpty();
        assertThat(lambda.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'arn:aws:lambda:us-east-1:123456789012:function:f', '{}'::json, region => 'eu-west-1'",
                "aws_commons.create_lambda_function_arn('arn:aws:lambda:us-east-1:123456789012:function:f', "
                        + "'eu-west-1'), '{}'::json"
            })
    void a_region_that_contradicts_the_arn_is_an_error(String arguments) {
        ServerErrorMessage error = session.error("select aws_lambda.invoke(" + arguments + ")");
        assertThat(error.getSQLState()).isEqualTo("22023");
        assertThat(error.getMessage()).contains("eu-west-1");
        assertThat(error.getDetail()).contains("us-east-1");
        assertThat(lambda.requests()).isEmpty();
    }

    @Test
    void a_qualifier_in_the_name_and_another_one_are_both_passed_to_lambda() throws SQLException {
        session.rows("select aws_lambda.invoke('f:live', '{}'::json, qualifier => 'other', region => null)");
        assertThat(lambda.onlyRequest().functionName()).isEqualTo("f:live");
        assertThat(lambda.onlyRequest().qualifier()).contains("other");
    }

    @Test
    void a_region_that_agrees_or_is_the_only_one_is_accepted() throws SQLException {
        session.rows("select aws_lambda.invoke('" + ScriptedLambda.ARN + "', '{}'::json, region => 'us-east-1')");
        session.rows("select aws_lambda.invoke('f', '{}'::json, region => 'ap-southeast-2')");
        assertThat(lambda.requests()).hasSize(2);
    }

    @Test
    void strange_names_and_texts_pass_unharmed() throws SQLException {
        String name = "x'\"\\\n;drop é${}";
        session.rows("select aws_lambda.invoke(?::text, '\"\\n\\\\\"'::json)", name);
        assertThat(lambda.onlyRequest().functionName()).isEqualTo(name);
        assertThat(lambda.onlyRequest().payload()).asString(UTF_8).isEqualTo("\"\\n\\\\\"");
    }

    @Test
    void a_call_from_a_database_in_another_encoding_is_an_error() throws SQLException {
        try (Session superuser = DATABASE.superuser()) {
            superuser.execute("create database latin owner master template template0 encoding 'LATIN1' "
                    + "locale_provider libc locale 'C'");
        }
        try (ClonedDatabase latin = new ClonedDatabase("latin", new ScriptedLambda());
                Session inLatin = latin.master()) {
            inLatin.execute("create extension aws_lambda cascade");
            ServerErrorMessage error = inLatin.error("select aws_lambda.invoke('f', '{}'::json)");
            assertThat(error.getSQLState()).isEqualTo("0A000");
            assertThat(error.getMessage()).contains("UTF8");
        }
    }

    private void assertStillUsable() throws SQLException {
        lambda.reset();
        assertThat(session.value("select payload from aws_lambda.invoke('f', '{\"still\": 1}'::json)"))
                .isEqualTo("{\"still\": 1}");
    }
}
