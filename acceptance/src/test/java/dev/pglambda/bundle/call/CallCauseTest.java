package dev.pglambda.bundle.call;

import static dev.pglambda.bundle.kit.Sql.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.Sql;
import dev.pglambda.bundle.kit.SqlError;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Why a call failed: 39000 where nothing can have run, 39L01 where it may have. An application reads what to do next, an
 * operator also what AWS said.
 */
class CallCauseTest extends CallFixture {

    private static final String ASK_AN_OPERATOR = "An operator sees what to do with: select * from pglambda.check();";
    private static final String ARN = "arn:aws:lambda:us-east-1:123456789012:function:orders";

    @BeforeEach
    void register() {
        operator.execute("select pglambda.register('process', '" + ARN + ":live')");
        app.execute("set aws_lambda.request_timeout_ms = 500");
        operator.execute("set aws_lambda.request_timeout_ms = 500");
    }

    @AfterEach
    void restore() {
        operator.execute("select pglambda.enable('process')");
    }

    @Test
    void disabled() {
        LAMBDA.replies("{\"result\": 1}");
        operator.execute("select pglambda.disable('process')");
        for (SqlError error : List.of(ofApplication(), ofOperator())) {
            assertNotRun(error, "function 'process' is disabled");
            assertThat(error.hint()).contains("An operator enables it with: select pglambda.enable('process');");
        }
        assertThat(LAMBDA.requests()).isEmpty();
    }

    @Test
    void throttled_for_as_long_as_the_caller_waits() {
        LAMBDA.refuses("TooManyRequestsException", 429, "Rate Exceeded.");
        SqlError error = ofApplication();
        assertNotRun(error, "function 'process' is throttled: too many of its calls run at the same time");
        assertThat(error.detail()).contains("Nothing was called.");
        assertThat(error.hint()).contains("Call again later.");
        assertThat(LAMBDA.requests()).hasSizeGreaterThan(2);
        assertTold(ofOperator(), "TooManyRequestsException: Rate Exceeded.", "Raise the reserved concurrency");
    }

    @Test
    void version_that_lambda_makes_ready() {
        LAMBDA.refuses("SnapStartNotReadyException", 409, "Lambda is initializing your function.");
        SqlError error = ofApplication();
        assertNotRun(error, "function 'process' is not ready to be called");
        assertThat(error.hint()).contains("Call again later.");
        assertTold(ofOperator(), "SnapStartNotReadyException", "Wait some minutes");
    }

    @Test
    void unknown_to_lambda() {
        LAMBDA.refuses("ResourceNotFoundException", 404, "Function not found: " + ARN);
        SqlError error = ofApplication();
        assertNotRun(error, "function 'process' is registered, and there is no such function");
        assertThat(error.hint()).contains(ASK_AN_OPERATOR);
        assertTold(
                ofOperator(),
                "Function not found: " + ARN,
                "select pglambda.register('process', '<its name or ARN>');");
        assertThat(LAMBDA.requests()).as("in vain, so not again").hasSize(2);
    }

    @Test
    void role_may_not_call_it() {
        LAMBDA.refuses(
                "AccessDeniedException", 403, "User: arn:aws:sts::123456789012:assumed-role/db is not authorized");
        SqlError error = ofApplication();
        assertNotRun(error, "function 'process' may not be called by this database");
        assertThat(error.hint()).contains(ASK_AN_OPERATOR);
        assertTold(ofOperator(), "assumed-role/db", "aws iam put-role-policy");
    }

    /** The text is what people report of RDS; no document has it, nor its SQLSTATE. */
    @ParameterizedTest
    @ValueSource(strings = {"XX000", "22023", "0A000"})
    void no_role_is_associated(String sqlState) {
        whileItFails("""
                raise exception using errcode = '%s',
                    message = 'credentials stored with the database cluster can''t be accessed',
                    hint = 'Has the IAM role Amazon Resource Name (ARN) been associated with the feature-name "Lambda"?';
                """.formatted(sqlState), () -> {
            SqlError error = ofApplication();
            assertNotRun(error, "function 'process' may not be called by this database");
            assertThat(error.hint()).contains(ASK_AN_OPERATOR);
            assertTold(ofOperator(), "credentials stored with the database cluster", "aws rds add-role-to-db-");
        });
    }

    @Test
    void unreachable() {
        whileItFails(
                "raise exception using errcode = 'XX000', message = 'invoke API failed',"
                        + " detail = 'AWS Lambda client returned ''Unable to connect to endpoint''.';",
                () -> {
                    SqlError error = ofApplication();
                    assertNotRun(error, "function 'process' cannot be reached");
                    assertThat(error.hint()).contains(ASK_AN_OPERATOR);
                    assertTold(ofOperator(), "Unable to connect to endpoint", "aws ec2 create-vpc-endpoint");
                });
    }

    @Test
    void extension_is_closed_or_gone() {
        try (Sql master = database.as("master")) {
            master.execute("revoke usage on schema aws_lambda from pglambda_owner");
            try {
                SqlError error = ofApplication();
                assertNotRun(error, "function 'process' may not be called by this database");
                assertThat(error.hint()).contains(ASK_AN_OPERATOR);
                assertTold(ofOperator(), "permission denied for schema aws_lambda", "grant usage on schema aws_lambda");
            } finally {
                master.execute("grant usage on schema aws_lambda to pglambda_owner");
            }
        }
    }

    @Test
    void setting_that_aws_lambda_does_not_accept() {
        app.execute("set aws_lambda.request_timeout_ms = 0");
        SqlError error = ofApplication();
        assertNotRun(error, "function 'process' could not be called");
        assertThat(error.detail().orElseThrow()).contains("aws_lambda.request_timeout_ms");
        assertThat(error.hint().orElseThrow()).startsWith("reset aws_lambda.request_timeout_ms;");
    }

    @ParameterizedTest
    @CsvSource({"InvalidParameterValueException, 400", "KMSAccessDeniedException, 502", "EC2ThrottledException, 502"})
    void refused_by_lambda_for_another_reason(String type, int status) {
        LAMBDA.refuses(type, status, "words of Lambda");
        assertThat(ofApplication().sqlState()).isEqualTo("39000");
        assertThat(ofOperator().detail().orElseThrow()).contains(type + ": words of Lambda");
    }

    @Test
    void request_that_lambda_finds_too_large() {
        LAMBDA.refuses("RequestTooLargeException", 413, "words of Lambda");
        SqlError error = ofApplication();
        assertThat(error.sqlState()).isEqualTo("54000");
        assertThat(error.hint().orElseThrow()).startsWith("Send less");
    }

    @Test
    void no_answer_in_time() {
        LAMBDA.neverAnswers();
        SqlError error = ofApplication();
        assertMayHaveRun(error, "function 'process' did not answer within 500 ms");
        assertThat(LAMBDA.requests()).as("never twice").hasSize(1);
        assertTold(ofOperator(), "curlCode: 28", "Raise aws_lambda.request_timeout_ms");
    }

    @Test
    void connection_lost_during_the_call() {
        whileItFails(
                "raise exception using errcode = 'XX000', message = 'invoke API failed', detail ="
                        + " 'AWS Lambda client returned ''curlCode: 52, Server returned nothing (no headers, no data)''.';",
                () -> {
                    assertMayHaveRun(ofApplication(), "function 'process' was called, and its answer was lost");
                    assertTold(ofOperator(), "curlCode: 52", "Call again only if the function may run twice.");
                });
    }

    @ParameterizedTest
    @CsvSource({"ServiceException, 500", "ServiceUnavailableException, 503", "InternalFailure, 500"})
    void failure_inside_of_lambda(String type, int status) {
        LAMBDA.refuses(type, status, "An error occurred.");
        assertMayHaveRun(ofApplication(), "function 'process' was called, and its answer was lost");
    }

    @Test
    void error_with_words_that_nobody_knows() {
        whileItFails("raise exception 'something new';", () -> {
            assertMayHaveRun(ofApplication(), "function 'process' was called, and its answer was lost");
            assertTold(ofOperator(), "something new", "Call again only if");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"errorType\":\"Sandbox.Timedout\",\"errorMessage\":\"RequestId: 1 Error: Task timed out after 3.00 seconds\"}",
                "{\"errorMessage\":\"2026-01-01T00:00:00.000Z 1 Task timed out after 3.00 seconds\"}"
            })
    void stopped_at_its_own_time_out(String payload) {
        LAMBDA.fails(payload);
        SqlError error = ofApplication();
        assertMayHaveRun(error, "function 'process' was stopped at its own time-out");
        assertThat(error.hint().orElseThrow()).endsWith("Raise the time-out of the function, or give it less to do.");
    }

    @Test
    void killed_while_it_ran() {
        LAMBDA.fails("{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":"
                + "\"RequestId: 1 Error: Runtime exited with error: signal: killed\"}");
        SqlError error = ofApplication();
        assertMayHaveRun(error, "function 'process' was killed while it ran");
        assertThat(error.hint().orElseThrow()).contains("more memory");
    }

    private static void assertNotRun(SqlError error, String message) {
        assertThat(error.sqlState()).as(error.getMessage()).isEqualTo("39000");
        assertThat(error.message()).isEqualTo(message);
        assertThat(error.detail().orElseThrow()).startsWith("Nothing was called");
        assertNothingTold(error);
    }

    private static void assertMayHaveRun(SqlError error, String message) {
        assertThat(error.sqlState()).as(error.getMessage()).isEqualTo("39L01");
        assertThat(error.message()).isEqualTo(message);
        assertThat(error.detail().orElseThrow()).matches("It (may have|has) run.* in call [0-9a-f-]{36}.*");
        assertThat(error.hint().orElseThrow()).startsWith("Look for call ");
        assertNothingTold(error);
    }

    /** An application learns neither an ARN nor what AWS says. */
    private static void assertNothingTold(SqlError error) {
        assertThat(error.getMessage())
                .doesNotContain("arn:")
                .doesNotContain("AWS")
                .doesNotContain("Exception");
    }

    private static void assertTold(SqlError error, String words, String step) {
        assertThat(error.detail().orElseThrow()).contains("It is registered as " + ARN + ":live.", words);
        assertThat(error.hint().orElseThrow()).contains(step);
    }

    private static SqlError ofApplication() {
        return errorOf(() -> app.value("select process_data('1')"));
    }

    private static SqlError ofOperator() {
        return errorOf(() -> operator.value("select pglambda.invoke('process', '1')"));
    }

    /** Runs with an aws_lambda that fails as no emulation does. */
    private static void whileItFails(String failure, Runnable test) {
        try (Sql superuser = database.asSuperuser()) {
            String definition =
                    superuser.value("select pg_get_functiondef('aws_lambda_local.send(jsonb, text)'::regprocedure)");
            String header = definition.substring(0, definition.indexOf("AS $function$"));
            superuser.execute(header + "AS $function$ begin " + failure + " end $function$");
            try {
                test.run();
            } finally {
                superuser.execute(definition);
            }
        }
    }
}
