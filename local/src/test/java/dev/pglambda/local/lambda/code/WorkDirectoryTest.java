package dev.pglambda.local.lambda.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A directory exists as long as the process that made it; no other process has to find out whether that runs. */
@Timeout(60)
class WorkDirectoryTest {

    @ParameterizedTest
    @ValueSource(strings = {"KILL", "TERM"})
    void is_removed_when_its_process_ends_by_any_signal(String signal) throws Exception {
        Process owner = owner();
        Path directory = directoryOf(owner);
        Files.writeString(directory.resolve("code"), "x");
        new ProcessBuilder("kill", "-" + signal, String.valueOf(owner.pid()))
                .start()
                .waitFor();
        owner.waitFor();
        Awaitility.await().until(() -> !Files.exists(directory));
    }

    /** As seen from a container with the same {@code /tmp}, where the process has another id, or none. */
    @Test
    void another_start_keeps_the_directories_of_others() throws Exception {
        Process owner = owner();
        try {
            Path used = directoryOf(owner);
            assertThat(used.getFileName().toString()).doesNotContain(String.valueOf(owner.pid()));
            try (WorkDirectory other = WorkDirectory.create()) {
                assertThat(other.path()).isDirectory();
                assertThat(used).isDirectory();
            }
            assertThat(used).isDirectory();
        } finally {
            owner.destroyForcibly().waitFor();
        }
    }

    @Test
    void closing_removes_it_at_once() throws IOException {
        WorkDirectory directory = WorkDirectory.create();
        Files.writeString(directory.path().resolve("file"), "x");
        directory.close();
        assertThat(directory.path()).doesNotExist();
        directory.close();
    }

    private static Process owner() throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        Owner.class.getName())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private static Path directoryOf(Process owner) throws IOException {
        BufferedReader output = owner.inputReader();
        return Path.of(output.readLine());
    }

    /** Makes a directory and uses it until it is killed. */
    static final class Owner {
        public static void main(String[] arguments) throws Exception {
            System.out.println(WorkDirectory.create().path());
            Thread.sleep(Long.MAX_VALUE);
        }
    }
}
