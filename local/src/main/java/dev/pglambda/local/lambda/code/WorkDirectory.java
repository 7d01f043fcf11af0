package dev.pglambda.local.lambda.code;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A temporary directory that is removed when this process ends, even by SIGKILL: a shell waits for the end of a pipe
 * from this process. So no later start has to find out which directories are still in use.
 */
public final class WorkDirectory implements AutoCloseable {

    private static final String REMOVE_AT_END = "trap '' INT HUP TERM QUIT; while read -r _; do :; done; rm -rf \"$1\"";

    private final Path path;
    private final Process shell;

    private WorkDirectory(Path path, Process shell) {
        this.path = path;
        this.shell = shell;
    }

    /** Makes a new one, readable by this user only, under {@code java.io.tmpdir}. */
    public static WorkDirectory create() throws IOException {
        Path path = Files.createTempDirectory("pglambda-lambda-").toRealPath();
        Process shell = new ProcessBuilder("sh", "-c", REMOVE_AT_END, "sh", path.toString())
                .redirectOutput(Redirect.DISCARD)
                .redirectError(Redirect.DISCARD)
                .start();
        return new WorkDirectory(path, shell);
    }

    public Path path() {
        return path;
    }

    /** Removes the directory, and waits until it is gone. */
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
            shell.waitFor();
        } catch (IOException e) {
            // The shell has been killed: the directory stays.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Deletes as much of a part as can be deleted: the rest is removed with the whole directory. */
    static void delete(Path part) {
        try (Stream<Path> files = Files.walk(part)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            // Files that have been deleted meanwhile.
        }
    }
}
