package dev.pglambda.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.code.ZipFunction;
import dev.pglambda.local.postgres.LocalPostgres;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;

/** The shipped zips, called from SQL, from psql and from the AWS CLI, on the platform that ./run starts. */
class ShippedFunctionsTest {

    private static final Path HANDLERS = Path.of("../handlers");

    @TempDir
    static Path directory;

    private static LocalPlatform platform;

    @BeforeAll
    static void start() throws IOException, SQLException {
        platform = LocalPlatform.start(PlatformSettings.quiet(HANDLERS));
        Path transform = HANDLERS.resolve("transform/target/transform.zip");
        platform.lambda().deploy(MisbehavingFunction.in(directory, transform));
        try (Connection master = platform.postgres().connectAsMaster(LocalPostgres.DATABASE)) {
            DatabasePreparation.register(master, "misbehaving", List.of());
            try (var statement = master.createStatement()) {
                statement.execute("""
                        create function misbehave(deed text) returns jsonb language sql security definer
                        return pglambda.invoke('misbehaving', jsonb_build_object('deed', deed));
                        grant execute on function misbehave to app""");
            }
        }
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void all_three_wrappers_answer_the_application() throws SQLException {
        assertThat(value("select process_data('{\"id\": 123, \"value\": \"test\"}')->'processedData'->>'processed'"))
                .isEqualTo("true");
        assertThat(value("select transform_data('{\"value\": \"hello world\"}')->'transformedData'->>'uppercase'"))
                .isEqualTo("HELLO WORLD");
        assertThat(value("select validate_data('{\"id\": 789}')->'validationResult'->'missingFields'"))
                .isEqualTo("[\"value\"]");
    }

    @Test
    void the_wrappers_answer_in_psql() throws IOException, InterruptedException {
        String url = platform.postgres().appUri(LocalPostgres.DATABASE);
        Command psql = Command.run(
                directory,
                "psql",
                url,
                "-At",
                "-c",
                "select transform_data('{\"value\": \"ß\"}')->'transformedData'->>'uppercase'");
        assertThat(psql.out()).as(psql.err()).isEqualTo("SS\n");
        Command wrong = Command.run(directory, "psql", url, "-At", "-c", "select process_data('{\"id\": 0}')");
        assertThat(wrong.exitCode()).isEqualTo(1);
        assertThat(wrong.err())
                .contains("ERROR:  the item is not what function process takes")
                .contains("DETAIL:  id: must be greater than or equal to 1; value: must not be blank");
    }

    @Test
    void the_aws_cli_calls_a_function() throws IOException, InterruptedException {
        Command aws = Command.run(
                directory,
                "aws",
                "lambda",
                "invoke",
                "--no-sign-request",
                "--region",
                "us-east-1",
                "--endpoint-url",
                platform.endpoint().toString(),
                "--function-name",
                "transform",
                "--payload",
                "{\"data\":{\"id\":456,\"value\":\"hello world\"}}",
                "out.json");
        assertThat(aws.exitCode()).as(aws.err()).isZero();
        assertThat(aws.out()).contains("\"StatusCode\": 200").doesNotContain("FunctionError");
        assertThat(Files.readString(directory.resolve("out.json"))).contains("\"uppercase\":\"HELLO WORLD\"");
    }

    @Test
    void the_invoke_api_answers_an_sdk() throws IOException, InterruptedException {
        URI uri = platform.endpoint().resolve("/2015-03-31/functions/validate/invocations");
        HttpRequest request = HttpRequest.newBuilder(uri)
                .POST(HttpRequest.BodyPublishers.ofString("{\"batch\": [{\"id\": 1, \"value\": \"x\"}, 7]}"))
                .build();
        HttpResponse<String> response = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-Amz-Executed-Version")).contains("$LATEST");
        assertThat(response.body()).contains("\"isValid\":true").contains("\"isValid\":false");
    }

    @Test
    void a_function_written_by_hand_over_aws_lambda_works() throws SQLException {
        try (Connection master = platform.postgres().connectAsMaster(LocalPostgres.DATABASE);
                var statement = master.createStatement()) {
            statement.execute("""
                    create or replace function public.check_by_hand(data jsonb) returns jsonb
                    language sql security definer set search_path = pg_catalog, pg_temp as $$
                        select i.payload->'result'
                          from aws_lambda.invoke(
                                   aws_commons.create_lambda_function_arn('validate', 'us-east-1'),
                                   jsonb_build_object('data', data),
                                   'RequestResponse') i
                    $$""");
        }
        assertThat(value("select public.check_by_hand('{\"id\": 1, \"value\": \"x\"}')->>'message'"))
                .isEqualTo("Data is valid");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "throw | 38000 | java.lang.IllegalStateException in call ",
                "exhaust | 38000 | java.lang.OutOfMemoryError in call ",
                "exit | 38000 | Runtime.ExitError in call ",
                "sleep | 39L01 | It has run, in call ",
                "huge | 54000 | ''",
                "nul | 38000 | ''",
            })
    void a_misbehaving_function_gives_its_sqlstate_and_the_next_call_works(String deed, String state, String detail) {
        assertThatThrownBy(() -> value("select misbehave('" + deed + "')"))
                .isInstanceOfSatisfying(PSQLException.class, e -> {
                    assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo(state);
                    assertThat(String.valueOf(e.getServerErrorMessage().getDetail()))
                            .contains(detail)
                            .doesNotContain("stackTrace")
                            .doesNotContain("a bug")
                            .doesNotContain("MisbehavingHandler.java");
                });
        try {
            assertThat(value("select misbehave('well')->>'did'")).isEqualTo("well");
        } catch (SQLException e) {
            throw new AssertionError("the call after " + deed + " failed", e);
        }
    }

    /** Lambda's time-out is shorter than the caller's, so the error is the function's, and not that of the network. */
    @Test
    void a_process_that_does_not_react_is_a_time_out_of_the_function_and_the_next_call_works() throws Exception {
        Path transform = HANDLERS.resolve("transform/target/transform.zip");
        FunctionDescription description = FunctionDescription.of("stopped", FunctionDescription.DEFAULT_HANDLER);
        platform.lambda().deploy(new ZipFunction(description, transform, List.of(), Map.of()));
        String call = "select aws_lambda.invoke('stopped', '{\"data\": {\"value\": \"a\"}}'::json)";
        Set<Long> before = children();
        assertThat(valueAsMaster(call)).contains("\"A\"");
        for (long pid : children()) {
            if (!before.contains(pid)) {
                new ProcessBuilder("kill", "-STOP", String.valueOf(pid)).start().waitFor();
            }
        }
        assertThatThrownBy(() -> valueAsMaster(call)).isInstanceOfSatisfying(PSQLException.class, e -> assertThat(
                        e.getServerErrorMessage().getDetail())
                .contains("Task timed out after 10.00 seconds")
                .doesNotContain("curlCode"));
        assertThat(valueAsMaster(call)).contains("\"A\"");
    }

    private static Set<Long> children() {
        return ProcessHandle.current().children().map(ProcessHandle::pid).collect(Collectors.toSet());
    }

    @Test
    void an_item_of_five_megabytes_is_sent_and_received() throws SQLException {
        assertThat(value("""
                        select length(misbehave(repeat('a', 5000000))->>'did')""")).isEqualTo("5000000");
    }

    @Test
    void one_statement_calls_a_function_for_five_thousand_rows() throws SQLException {
        assertThat(value("""
                        select format('%s right, %s wrong: %s',
                                      count(*) filter (where b.result #>> '{transformedData,uppercase}' = 'ROW ' || b.ordinality),
                                      count(b.error),
                                      string_agg(b.ordinality || ' ' || (b.error ->> 'sqlstate'), ', ' order by b.ordinality))
                          from transform_data_batch((
                                   select array_agg(case when i = 4000 then '{"value": 7}'
                                                         else jsonb_build_object('id', i, 'value', 'row ' || i) end order by i)
                                     from generate_series(1, 5000) i)) b""")).isEqualTo("4999 right, 1 wrong: 4000 22023");
    }

    @Test
    void a_durable_call_is_made_soon_after_the_commit_and_never_after_a_rollback() throws SQLException {
        try (Connection app = platform.postgres().connectAsApp(LocalPostgres.DATABASE);
                var statement = app.createStatement()) {
            app.setAutoCommit(false);
            statement.execute("select process_data_async('{\"id\": 9001, \"value\": \"not\"}')");
            app.rollback();
            statement.execute("select process_data_async('{\"id\": 9002, \"value\": \"later\"}'),"
                    + " process_data_async('{\"id\": 9003, \"value\": \"later\"}')");
            app.commit();
        }
        String delivered = "select string_agg(o.item ->> 'id', ' ' order by o.id) from pglambda.outbox o"
                + " join pglambda.processed_items p on p.call_id = o.call_id::text and p.id = (o.item ->> 'id')::bigint"
                + " where o.state = 'done' and o.function = 'process'";
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(valueAsMaster(delivered))
                .isEqualTo("9002 9003"));
        assertThat(valueAsMaster("select count(*) from pglambda.processed_items where id = 9001"))
                .isEqualTo("0");
    }

    @Test
    void many_sessions_are_served_at_once() throws Exception {
        ExecutorService sessions = Executors.newFixedThreadPool(8);
        try {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String text = "text " + i;
                calls.add(() -> value("select transform_data(jsonb_build_object('value', '" + text
                        + "'))->'transformedData'->>'value'"));
            }
            List<String> answers = new ArrayList<>();
            for (Future<String> call : sessions.invokeAll(calls)) {
                answers.add(call.get());
            }
            assertThat(answers).hasSize(64).contains("text 0", "text 63").doesNotHaveDuplicates();
        } finally {
            sessions.shutdownNow();
        }
    }

    private static String value(String sql) throws SQLException {
        return value(platform.postgres().connectAsApp(LocalPostgres.DATABASE), sql);
    }

    private static String valueAsMaster(String sql) throws SQLException {
        return value(platform.postgres().connectAsMaster(LocalPostgres.DATABASE), sql);
    }

    private static String value(Connection connection, String sql) throws SQLException {
        try (Connection session = connection;
                PreparedStatement statement = session.prepareStatement(sql);
                ResultSet rows = statement.executeQuery()) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
