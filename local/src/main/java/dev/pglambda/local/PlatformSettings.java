package dev.pglambda.local;

import dev.pglambda.local.lambda.log.LogSink;
import dev.pglambda.local.postgres.PostgresSettings;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The settings of a platform.
 *
 * @param handlers the folder with one function in each subfolder
 * @param databaseLayer the zip of the layer for functions with a database
 * @param lambdaPort on 127.0.0.1; 0 for any free one
 * @param progress takes one line for each step, before it is done, and for each later problem
 * @param log takes the functions' log lines
 */
public record PlatformSettings(
        Path handlers,
        Path databaseLayer,
        PostgresSettings postgres,
        int lambdaPort,
        Consumer<String> progress,
        LogSink log) {

    public PlatformSettings {
        Objects.requireNonNull(handlers);
        Objects.requireNonNull(databaseLayer);
        Objects.requireNonNull(postgres);
        Objects.requireNonNull(progress);
        Objects.requireNonNull(log);
    }

    /** For programs: with the handlers and the layer of a checkout, on free ports, with random passwords, silent. */
    public static PlatformSettings quiet(Path handlers) {
        Path layer = handlers.toAbsolutePath().normalize().resolveSibling("target/src/database-layer.zip");
        return new PlatformSettings(handlers, layer, PostgresSettings.random(), 0, line -> {}, (function, line) -> {});
    }

    public PlatformSettings withPorts(PostgresSettings postgres, int lambdaPort) {
        return new PlatformSettings(handlers, databaseLayer, postgres, lambdaPort, progress, log);
    }

    public PlatformSettings withOutput(Consumer<String> progress, LogSink log) {
        return new PlatformSettings(handlers, databaseLayer, postgres, lambdaPort, progress, log);
    }
}
