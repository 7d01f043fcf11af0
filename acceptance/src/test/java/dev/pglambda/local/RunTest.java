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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command ./run, without its shell: what it prints, where, and how it ends. */
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
    void a_missing_zip_a_broken_one_and_a_wrong_description_are_one_clear_line(@TempDir Path handlers)
            throws IOException {
        assertThat(run(handlers, "select 1")).isEqualTo(1);
        assertThat(text(err)).startsWith("run: no function in ").hasLineCount(1);
        err.reset();

        Path description = Files.createDirectories(handlers.resolve("f")).resolve("function.json");
        Files.writeString(description, "{\"name\": \"f\"}");
        assertThat(run(handlers, "select 1")).isEqualTo(1);
        assertThat(text(err)).startsWith("run: ").contains("function.json").hasLineCount(1);
        err.reset();

        Files.writeString(
                description,
                "{\"name\": \"setup\", \"handler\": \"F\", \"description\": \"\", \"memoryMb\": 512,"
                        + " \"timeoutSeconds\": 10, \"database\": false}");
        assertThat(run(handlers, "select 1")).isEqualTo(1);
        assertThat(text(err))
                .startsWith("run: cannot read ")
                .contains("setup.zip")
                .hasLineCount(1);
        err.reset();

        Files.writeString(Files.createDirectories(handlers.resolve("f/target")).resolve("setup.zip"), "no zip");
        assertThat(run(handlers, "select 1")).isEqualTo(1);
        assertThat(text(err)).startsWith("run: ").contains("setup.zip").hasLineCount(1);
    }

    @Test
    void help_tells_every_option_and_a_typing_mistake_is_named() {
        assertThat(run(HANDLERS, "--help")).isZero();
        assertThat(text(out)).contains("--postgres-port", "54320", "--lambda-port", "3001");
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
