package dev.pglambda.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The command ./run, without its shell: its output and its status. */
class RunTest {

    private static final Path HANDLERS = Path.of("../handlers");

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void rows_are_printed_as_psql_would() {
        assertThat(run(
                        HANDLERS,
                        "select 1 as a, null as b, true as c union all select 2, 'x', false;"
                                + "select transform_data('{\"value\": \"é\"}')->'transformedData'->'uppercase'"))
                .isZero();
        assertThat(text(out)).isEqualTo("1||t\n2|x|f\n\"É\"\n");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void an_error_goes_to_standard_error_with_all_its_parts() {
        assertThat(run(HANDLERS, "SELECT process_data('{}')")).isEqualTo(1);
        assertThat(text(out)).isEmpty();
        assertThat(text(err)).isEqualTo("""
                        ERROR:  the item is not what function process takes
                        SQLSTATE: 22023
                        DETAIL:  id: must not be null; value: must not be blank
                        HINT:  Function process takes {"id", "value", …}.
                        """);
    }

    @Test
    void a_port_in_use_is_one_clear_line() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());
            assertThat(run(HANDLERS, "--postgres-port", port, "--lambda-port", "0"))
                    .isEqualTo(1);
            assertThat(text(err)).startsWith("run: ").contains("port " + port).hasLineCount(1);
            err.reset();
            assertThat(run(HANDLERS, "--postgres-port", "0", "--lambda-port", port))
                    .isEqualTo(1);
            assertThat(text(err)).startsWith("run: ").contains("port " + port).hasLineCount(1);
        }
    }

    @Test
    void a_mistake_in_the_functions_is_one_clear_line(@TempDir Path project) throws IOException {
        Path handlers = Files.createDirectory(project.resolve("handlers"));
        assertFails(handlers, "no function in ");

        Path description = Files.createDirectories(handlers.resolve("f")).resolve("function.json");
        Files.writeString(description, "{\"name\": \"f\"}");
        assertFails(handlers, "function.json: ", "memoryMb is missing");

        String plain = "{\"name\": \"f\", \"handler\": \"F\", \"description\": \"\", \"memoryMb\": 512,"
                + " \"timeoutSeconds\": 10, \"database\": false}";
        Files.writeString(description, plain);
        assertFails(handlers, "cannot read ", "f.zip", "./mvnw -DskipTests package");

        Files.writeString(Files.createDirectories(handlers.resolve("f/target")).resolve("f.zip"), "no zip");
        assertFails(handlers, "one must have \"installer\": true");

        Files.writeString(
                description,
                plain.replace("\"database\": false", "\"database\": true, \"callable\": false, \"installer\": true"));
        assertFails(handlers, "cannot read ", "database-layer.zip");

        Files.writeString(
                Files.createDirectories(project.resolve("target/src")).resolve("database-layer.zip"), "no zip");
        assertFails(handlers, "f.zip");
    }

    private void assertFails(Path handlers, String... parts) {
        assertThat(run(handlers, "select 1")).isEqualTo(1);
        assertThat(text(err)).startsWith("run: ").contains(parts).hasLineCount(1);
        err.reset();
    }

    @ParameterizedTest
    @ValueSource(strings = {"70000", "-1", "abc", "1e3"})
    void an_invalid_port_is_named_before_the_start(String port) {
        assertThat(run(HANDLERS, "--lambda-port", port)).isEqualTo(2);
        assertThat(text(err)).contains("--lambda-port", "'" + port + "' is not a port: write a number from 0 to 65535");
        assertThat(text(out)).isEmpty();
    }

    /** Otherwise a supervisor would wait for ever for a platform without a database. */
    @Test
    @Timeout(120)
    void the_command_ends_with_a_status_when_postgresql_has_ended() throws Exception {
        CompletableFuture<Integer> status =
                CompletableFuture.supplyAsync(() -> run(HANDLERS, "--postgres-port", "0", "--lambda-port", "0"));
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> text(out).contains("ready after"));
        assertThat(text(out))
                .contains(
                        "  SELECT process_data('{\"id\":123,\"value\":\"test\"}');",
                        "  SELECT transform_data('{\"id\":456,\"value\":\"hello world\"}');");
        Matcher port = Pattern.compile("postgresql://master:master@127.0.0.1:(\\d+)/demodb")
                .matcher(text(out));
        assertThat(port.find()).isTrue();
        try (Connection master = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port.group(1) + "/demodb", "master", "master");
                var row = master.createStatement().executeQuery("select pg_backend_pid()")) {
            row.next();
            ProcessHandle.of(row.getLong(1))
                    .flatMap(ProcessHandle::parent)
                    .orElseThrow()
                    .destroyForcibly();
        }
        assertThat(status.get(60, TimeUnit.SECONDS)).isEqualTo(1);
        assertThat(text(err)).contains("run: PostgreSQL has ended, and its data with it: ", "Start again.");
    }

    @Test
    void help_lists_every_option_and_a_mistyped_one_is_named() {
        assertThat(run(HANDLERS, "--help")).isZero();
        assertThat(text(out)).contains("--postgres-port", "15432", "--lambda-port", "3001");
        assertThat(run(HANDLERS, "--postgre-port", "1")).isEqualTo(2);
        assertThat(text(err)).contains("--postgre-port");
    }

    private int run(Path handlers, String... arguments) {
        PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
        return new CommandLine(new Run(handlers, outStream, errStream))
                .setOut(new PrintWriter(outStream, true))
                .setErr(new PrintWriter(errStream, true))
                .execute(arguments);
    }

    private static String text(ByteArrayOutputStream stream) {
        return stream.toString(StandardCharsets.UTF_8);
    }
}
