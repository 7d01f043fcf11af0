package dev.pglambda.local.lambda.code;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose directories are removed: those that no process holds, whatever their process ids are. */
@Timeout(60)
class WorkDirectoryTest {

    private static final Path TEMP = Path.of(System.getProperty("java.io.tmpdir"));

    @Test
    void the_directory_of_a_killed_process_is_removed_by_the_next_start() throws Exception {
        Process owner = owner();
        Path left = directoryOf(owner);
        Files.writeString(left.resolve("code"), "x");
        owner.destroyForcibly().waitFor();
        try (WorkDirectory next = WorkDirectory.create()) {
            assertThat(left).doesNotExist();
            assertThat(next.path()).isDirectory();
        }
    }

    @Test
    void the_directory_of_a_running_process_stays_also_if_its_id_is_unknown_here() throws Exception {
        Process owner = owner();
        try {
            Path used = directoryOf(owner);
            // In a container, the owner would have another id, or none that is known here.
            assertThat(used.getFileName().toString()).doesNotContain(String.valueOf(owner.pid()));
            WorkDirectory.create().close();
            assertThat(used).isDirectory();
        } finally {
            owner.destroyForcibly().waitFor();
        }
    }

    @Test
    void two_of_one_process_do_not_disturb_each_other() throws IOException {
        try (WorkDirectory first = WorkDirectory.create()) {
            WorkDirectory.create().close();
            assertThat(first.path()).isDirectory();
            Process owner = owner();
            directoryOf(owner);
            owner.destroyForcibly();
            assertThat(first.path()).as("after another process has looked").isDirectory();
        }
    }

    @Test
    void a_directory_of_another_kind_stays() throws IOException {
        Path other = Files.createTempDirectory(TEMP, "pglambda-lambda-");
        try {
            WorkDirectory.create().close();
            assertThat(other).isDirectory();
        } finally {
            Files.delete(other);
        }
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
