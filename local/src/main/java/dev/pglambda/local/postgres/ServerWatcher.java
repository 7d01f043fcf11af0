package dev.pglambda.local.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Stops the server: a shell that waits for the end of a pipe from this JVM, so that {@link #close}, a normal exit, a
 * crash and SIGKILL all end in the same way. It runs in a session of its own, which Ctrl-C does not reach.
 */
final class ServerWatcher implements AutoCloseable {

    private static final String DETACH =
            "command -v setsid >/dev/null && exec setsid sh -c \"$1\" sh \"$2\"; exec sh -c \"$1\" sh \"$2\"";

    private final Process shell;

    private ServerWatcher(Process shell) {
        this.shell = shell;
    }

    /** @param directory removed at the end; the server's data directory is {@code data} in it */
    static ServerWatcher over(Path directory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", DETACH, "sh", script(), directory.toString());
        builder.redirectOutput(Redirect.DISCARD).redirectError(Redirect.DISCARD);
        return new ServerWatcher(builder.start());
    }

    /** Stops the server at once and waits until its directory is gone. */
    @Override
    public void close() {
        try {
            shell.getOutputStream().close();
            shell.waitFor(10, TimeUnit.SECONDS);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot stop PostgreSQL", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String script() throws IOException {
        try (InputStream in = ServerWatcher.class.getResourceAsStream("postgres-watcher.sh")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
