package dev.pglambda.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pglambda.local.postgres.LocalPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.util.PSQLException;

/** Database users of functions on the platform that ./run starts: secrets, users, and setup by hand. */
class SecretsAndSetupTest {

    @TempDir
    static Path directory;

    private static LocalPlatform platform;

    @BeforeAll
    static void start() {
        platform = LocalPlatform.start(PlatformSettings.quiet(Path.of("../handlers")));
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @Test
    void secrets_are_in_the_format_of_rds_and_valid_for_login() throws Exception {
        for (String user : List.of("master", "process", "monitor")) {
            String shown = aws("secretsmanager", "get-secret-value", "--secret-id", "pglambda/local/" + user);
            assertThat(shown)
                    .contains("\\\"engine\\\":\\\"postgres\\\"", "\\\"username\\\":\\\"" + user + "\\\"")
                    .contains("\\\"port\\\":" + platform.postgres().port(), "\\\"dbname\\\":\\\"demodb\\\"");
            assertThat(value(user, "select current_user::text")).isEqualTo(user);
        }
    }

    @Test
    void user_process_may_store_items_and_no_more() throws SQLException {
        assertThat(value(
                        "process",
                        "insert into pglambda.processed_items values (1, 'a', '{}', now(), 'c') returning id::text"))
                .isEqualTo("1");
        assertThat(value("process", "select has_table_privilege('pglambda.processed_items', 'update, delete')::text"))
                .isEqualTo("false");
        assertThat(value("process", "select has_schema_privilege('aws_lambda', 'usage')::text"))
                .isEqualTo("false");
    }

    @Test
    void an_item_is_stored_once_and_a_changed_one_is_refused() throws SQLException {
        String call = "select process_data('{\"id\": 77, \"value\": \"a\"}')->>'duplicate'";
        assertThat(value("app", call)).isEqualTo("false");
        assertThat(value("app", call)).isEqualTo("true");
        assertThat(value("master", "select value from pglambda.processed_items where id = 77"))
                .isEqualTo("a");
        assertThatThrownBy(() -> value("app", call.replace("\"a\"", "\"b\"")))
                .isInstanceOfSatisfying(
                        SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("23505"));
    }

    @Test
    void a_call_during_a_rotation_waits_for_the_new_secret() throws Exception {
        value("app", "select process_data('{\"id\": 78, \"value\": \"a\"}')::text");
        String former = password("process");
        execute("alter role process password 'new'");
        execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'process'");
        CompletableFuture<String> call = CompletableFuture.supplyAsync(() -> {
            try {
                return value("app", "select process_data('{\"id\": 78, \"value\": \"a\"}')->>'duplicate'");
            } catch (SQLException e) {
                throw new CompletionException(e);
            }
        });
        putSecret("process", "new");
        assertThat(call.get(30, TimeUnit.SECONDS)).isEqualTo("true");
        execute("alter role process password '" + former + "'");
        putSecret("process", former);
    }

    /** The server is not where the secret says it is, so connecting is refused at once. */
    @Test
    void while_the_database_refuses_calls_fail_within_their_time_and_durable_calls_wait_for_it() throws Exception {
        value("app", "select process_data('{\"id\": 80, \"value\": \"a\"}')::text");
        Set<Long> before = environmentsOfProcess();
        execute("select pglambda.register('process', 'process:live', timeout_ms => 2000)");
        putSecret("process", password("process"), closedPort());
        String id;
        try {
            execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'process'");
            assertFails("select process_data('{\"id\": 81, \"value\": \"a\"}')::text");
            assertFails(
                    "select count(*)::text from process_data_batch(array['{\"id\": 81, \"value\": \"a\"}']::jsonb[])");
            id = value("app", "select process_data_async('{\"id\": 81, \"value\": \"a\"}')::text");
            awaitState(id, "attempts > 0 and state = 'waiting'");
        } finally {
            putSecret("process", password("process"));
            execute("select pglambda.register('process', 'process:live', timeout_ms => 10000)");
        }
        awaitState(id, "state = 'done'");
        assertThat(environmentsOfProcess()).as("none was killed for its time").containsAll(before);
    }

    /** By the function, and not by a time-out. */
    private static void assertFails(String sql) {
        assertThatThrownBy(() -> value("app", sql)).isInstanceOfSatisfying(PSQLException.class, e -> {
            assertThat(e.getSQLState()).as(e.getMessage()).isEqualTo("38000");
            assertThat(e.getServerErrorMessage().getDetail()).contains("DatabaseException");
        });
    }

    private static void awaitState(String id, String condition) {
        Awaitility.await().atMost(Duration.ofSeconds(120)).until(() -> value(
                        "master", "select (" + condition + ")::text from pglambda.outbox where id = " + id)
                .equals("true"));
    }

    private static Set<Long> environmentsOfProcess() {
        return ProcessHandle.current()
                .children()
                .filter(child -> child.info().commandLine().orElse("").contains("/process-"))
                .map(ProcessHandle::pid)
                .collect(Collectors.toSet());
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void setup_has_registered_every_function_that_follows_the_call_contract() throws SQLException {
        assertThat(value("master", "select string_agg(name, ',' order by name) from pglambda.functions"))
                .isEqualTo("process,transform,validate");
    }

    @Test
    void setup_by_hand_reports_its_result_also_after_a_rotation() throws Exception {
        assertThat(setup()).contains("\"PhysicalResourceId\":\"pglambda-demodb@127.0.0.1\"");
        String former = password("master");
        try (Connection master = platform.postgres().connectAsMaster(LocalPostgres.DATABASE);
                Statement statement = master.createStatement()) {
            statement.execute("alter role master password 'rotated'");
            putSecret("master", "rotated");
            // Only a new session needs the password, and shows that the secret is read again.
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where usename = 'master' and pid <> pg_backend_pid()");
            assertThat(setup()).contains("\"PhysicalResourceId\":\"pglambda-demodb@127.0.0.1\"");
            statement.execute("alter role master password '" + former + "'");
            putSecret("master", former);
        }
    }

    @Test
    void check_finds_no_problem() throws SQLException {
        assertThat(value("master", "select string_agg(c::text, ' ') from pglambda.check() c where not c.ok"))
                .isNull();
        assertThat(value(
                        "master",
                        "select string_agg(detail, '|') from pglambda.check() where item like 'qualifier of %'"))
                .isEqualTo("live|live|live");
    }

    @Test
    void setup_called_as_check_advises_installs_the_librarys_bundle() throws Exception {
        String mismatch = "select hint from pglambda.check() where item = 'version' and not ok";
        execute("update pglambda_private.installation set library = '9.9.9'");
        Command setup = Command.run(
                directory,
                "sh",
                "-c",
                value("master", mismatch) + " --no-sign-request --region us-east-1 --endpoint-url "
                        + platform.endpoint());
        assertThat(setup.exitCode()).as(setup.err()).isZero();
        assertThat(setup.out()).doesNotContain("FunctionError");
        assertThat(value("master", "select string_agg(c::text, ' ') from pglambda.check() c where not c.ok"))
                .isNull();
        assertThat(value("master", "select library from pglambda_private.installation"))
                .isEqualTo(System.getProperty("pglambda.version"));
    }

    /** The shipped zip and layer: the stack on AWS needs this. */
    @Test
    void setup_makes_a_working_user_from_a_secret() throws Exception {
        aws(
                "secretsmanager",
                "create-secret",
                "--name",
                "pglambda/local/worker",
                "--secret-string",
                "{\"username\":\"worker\",\"password\":\"worker\"}");
        assertThat(setup("{\"Logins\":[{\"secretArn\":\"pglambda/local/worker\",\"roles\":[\"pglambda_process\"]}]}"))
                .contains("\"PhysicalResourceId\":\"pglambda-demodb@127.0.0.1\"");
        assertThat(value("worker", "select has_table_privilege('pglambda.processed_items', 'insert')::text"))
                .isEqualTo("true");
    }

    @Test
    void monitor_prints_metrics_which_are_lines_of_their_own_in_its_log() throws Exception {
        String shown = aws("lambda", "invoke", "--function-name", "monitor", "--log-type", "Tail", "out.json");
        assertThat(Files.readString(directory.resolve("out.json"))).matches("\\{\"lines\":\\d+}");
        Matcher tail = Pattern.compile("\"LogResult\": *\"([^\"]+)\"").matcher(shown);
        assertThat(tail.find()).as(shown).isTrue();
        assertThat(new String(Base64.getDecoder().decode(tail.group(1)), StandardCharsets.UTF_8).lines())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("{\"_aws\":{\"Timestamp\":")
                        .contains("\"Namespace\":\"pglambda\"", "\"Database\":\"demodb\"")
                        .endsWith("\"Dead\":0}"));
    }

    @Test
    void user_monitor_may_read_the_state_of_the_outbox_and_no_more() throws SQLException {
        assertThat(value("monitor", "select count(*)::text from pglambda.outbox_status"))
                .matches("\\d+");
        assertThat(value("monitor", "select has_table_privilege('pglambda.outbox', 'select')::text"))
                .isEqualTo("false");
    }

    private static void putSecret(String user, String password) throws Exception {
        putSecret(user, password, platform.postgres().port());
    }

    private static void putSecret(String user, String password, int port) throws Exception {
        String secret = """
                {"engine":"postgres","host":"127.0.0.1","port":%d,"username":"%s","password":"%s","dbname":"demodb"}""".formatted(port, user, password);
        aws("secretsmanager", "put-secret-value", "--secret-id", "pglambda/local/" + user, "--secret-string", secret);
    }

    private static void execute(String sql) throws SQLException {
        try (Connection master = platform.postgres().connectAsMaster(LocalPostgres.DATABASE);
                Statement statement = master.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String setup() throws Exception {
        return setup("{\"Functions\":[{\"name\":\"process\",\"arn\":\"process:live\"}]}");
    }

    private static String setup(String properties) throws Exception {
        aws(
                "lambda",
                "invoke",
                "--function-name",
                "setup",
                "--payload",
                "{\"RequestType\":\"Create\",\"ResourceProperties\":" + properties + "}",
                "out.json");
        return Files.readString(directory.resolve("out.json"));
    }

    private static String aws(String... arguments) throws Exception {
        List<String> words = new ArrayList<>(List.of("aws", "--no-sign-request", "--region", "us-east-1"));
        words.addAll(List.of("--endpoint-url", platform.endpoint().toString()));
        words.addAll(List.of(arguments));
        Command aws = Command.run(directory, words.toArray(String[]::new));
        assertThat(aws.exitCode()).as(aws.err()).isZero();
        return aws.out();
    }

    private static String value(String user, String sql) throws SQLException {
        try (Connection session = connect(user);
                Statement statement = session.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }

    private static Connection connect(String user) throws SQLException {
        LocalPostgres postgres = platform.postgres();
        return switch (user) {
            case LocalPostgres.APP -> postgres.connectAsApp(LocalPostgres.DATABASE);
            case LocalPostgres.MASTER -> postgres.connectAsMaster(LocalPostgres.DATABASE);
            default -> postgres.connect(LocalPostgres.DATABASE, user, password(user));
        };
    }

    /** With the user's secret. */
    private static String password(String user) {
        try {
            String secret = aws(
                    "secretsmanager",
                    "get-secret-value",
                    "--secret-id",
                    "pglambda/local/" + user,
                    "--query",
                    "SecretString",
                    "--output",
                    "text");
            return secret.replaceAll("(?s).*\"password\":\"([^\"]+)\".*", "$1");
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
