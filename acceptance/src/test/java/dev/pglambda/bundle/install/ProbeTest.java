package dev.pglambda.bundle.install;

import static dev.pglambda.bundle.kit.BundleServer.LAMBDA;
import static org.assertj.core.api.Assertions.assertThat;

import dev.pglambda.bundle.kit.BundleServer;
import dev.pglambda.bundle.kit.FakeLambda;
import dev.pglambda.bundle.kit.Sql;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The script that tells what a real server does, on the emulation. */
class ProbeTest {

    private BundleServer database;

    @BeforeEach
    void connect() {
        database = BundleServer.empty();
        try (Sql master = database.as("master")) {
            master.execute("create extension aws_lambda cascade");
        }
    }

    @AfterEach
    void disconnect() {
        database.drop();
    }

    @Test
    void without_a_function_nothing_runs_and_the_error_of_an_unknown_one_is_shown() throws Exception {
        LAMBDA.does(request -> FakeLambda.refusal("ResourceNotFoundException", 404, "Function not found"));
        assertThat(probe())
                .contains("may a session set aws_lambda.request_timeout_ms", "yes, and it is then shown as '2000'")
                .contains("master may grant aws_lambda.invoke(")
                .containsPattern("error of an unknown function: SQLSTATE +\\| XX000")
                .contains("ResourceNotFoundException: Function not found")
                .doesNotContain("how often it ran");
        assertThat(LAMBDA.requests()).hasSize(1);
        assertNothingIsLeft();
    }

    @Test
    void a_named_function_shows_what_cancels_and_what_times_out() throws Exception {
        LAMBDA.neverAnswers();
        assertThat(probe("process"))
                .containsPattern("statement_timeout of 1 s during a call +\\| 57014 .*, after 00:00:01")
                .containsPattern("time-out of a call: DETAIL +\\| .*curlCode: 28")
                .containsPattern("how often it ran +\\| count the lines with [0-9a-f-]{36} in the log");
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() {
        try (Sql superuser = database.asSuperuser()) {
            assertThat(superuser.values("select relname::text from pg_class where relname = 'answers'"))
                    .isEmpty();
        }
    }

    private String probe(String... more) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of("..", "bin", "probe").toString(),
                "host=127.0.0.1 port=%d user=master password=master dbname=%s"
                        .formatted(database.port(), database.database())));
        command.addAll(List.of(more));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }
}
