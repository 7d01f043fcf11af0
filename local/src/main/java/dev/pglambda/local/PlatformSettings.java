package dev.pglambda.local;

import dev.pglambda.local.lambda.LogSink;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * What the platform is started with.
 *
 * @param handlers the folder with one function in each subfolder
 * @param postgresPort on 127.0.0.1; 0 for any free one
 * @param lambdaPort on 127.0.0.1; 0 for any free one
 * @param progress told in one line what is being done, before it is done
 * @param log takes the functions' log lines
 */
public record PlatformSettings(
        Path handlers, int postgresPort, int lambdaPort, Consumer<String> progress, LogSink log) {

    public PlatformSettings {
        Objects.requireNonNull(handlers);
        Objects.requireNonNull(progress);
        Objects.requireNonNull(log);
    }

    /** On free ports, silent. */
    public static PlatformSettings quiet(Path handlers) {
        return new PlatformSettings(handlers, 0, 0, line -> {}, (function, line) -> {});
    }
}
