package dev.pglambda.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In every way in which the JVM can end, no process and no file of the server is left. */
@Timeout(120)
final class EndOfServerTest {

    @Test
    void close_stops_the_server_and_removes_its_files() throws Exception {
        LocalPostgres postgres = LocalPostgres.start();
        Path data = postgres.dataDirectory();
        long postmaster = postmaster(data);
        postgres.close();
        assertThat(data.getParent()).doesNotExist();
        assertGone(postmaster);
        postgres.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM", "INT"})
    void a_signal_to_the_jvm_is_enough(String signal) throws Exception {
        Process jvm = jvm("wait");
        Path data = dataDirectory(jvm);
        long postmaster = postmaster(data);
        new ProcessBuilder("kill", "-" + signal, Long.toString(jvm.pid()))
                .start()
                .waitFor();
        await().atMost(Duration.ofSeconds(20)).until(() -> !Files.exists(data.getParent()));
        assertGone(postmaster);
    }

    @Test
    void a_jvm_that_exits_without_close_is_enough() throws Exception {
        Process jvm = jvm("exit");
        Path data = dataDirectory(jvm);
        await().atMost(Duration.ofSeconds(20)).until(() -> !Files.exists(data.getParent()));
        assertThat(jvm.waitFor()).isZero();
    }

    private static Process jvm(String mode) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        ServerMain.class.getName(),
                        mode)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static Path dataDirectory(Process jvm) throws IOException {
        try (BufferedReader output = jvm.inputReader()) {
            return Path.of(output.readLine());
        }
    }

    private static long postmaster(Path data) throws IOException {
        return Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).get(0));
    }

    /** A zombie counts as ended: init may reap it much later. */
    private static void assertGone(long processId) {
        await().atMost(Duration.ofSeconds(20)).until(() -> ProcessHandle.of(processId)
                .filter(ProcessHandle::isAlive)
                .isEmpty());
    }
}
