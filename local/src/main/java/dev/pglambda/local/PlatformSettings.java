package dev.pglambda.local;

import dev.pglambda.function.FunctionFolder;
import dev.pglambda.local.lambda.log.LogSink;
import dev.pglambda.local.postgres.PostgresSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * The settings of a platform.
 *
 * @param functions what it runs; one of them installs the bundle
 * @param databaseLayer the zip of the layer for functions with a database
 * @param initScripts a folder whose {@code .sql} files the administrator runs, by name, when the bundle, the users of
 *     the functions and their wrappers are there; it need not exist
 * @param lambdaPort on 127.0.0.1; 0 for any free one
 * @param output where lines go
 */
public record PlatformSettings(
        List<FunctionFolder> functions,
        Path databaseLayer,
        Path initScripts,
        PostgresSettings postgres,
        int lambdaPort,
        Output output) {

    /** The folder of scripts in a project, next to its functions. */
    public static final String INIT_SCRIPTS = "init";

    public PlatformSettings {
        functions = List.copyOf(functions);
        Objects.requireNonNull(databaseLayer);
        Objects.requireNonNull(initScripts);
        Objects.requireNonNull(postgres);
        Objects.requireNonNull(output);
    }

    /**
     * Where lines go.
     *
     * @param progress takes one line for each step, before it is done, and for each later problem
     * @param log takes the functions' log lines
     */
    public record Output(Consumer<String> progress, LogSink log) {

        public Output {
            Objects.requireNonNull(progress);
            Objects.requireNonNull(log);
        }

        /** Nowhere. */
        static Output none() {
            return new Output(line -> {}, (function, line) -> {});
        }
    }

    /** For programs: on free ports, with random passwords, silent. */
    public static PlatformSettings quiet(List<FunctionFolder> functions, Path databaseLayer, Path initScripts) {
        return new PlatformSettings(functions, databaseLayer, initScripts, PostgresSettings.random(), 0, Output.none());
    }

    /**
     * The same with the handlers and the layer of a checkout.
     *
     * @throws PlatformException if a function cannot be read or has not been built
     */
    public static PlatformSettings quiet(Path handlers) {
        Path home = handlers.toAbsolutePath().normalize();
        return quiet(
                PlatformFunctions.read(handlers),
                home.resolveSibling("target/src/database-layer.zip"),
                home.resolveSibling(INIT_SCRIPTS));
    }

    public PlatformSettings withPorts(PostgresSettings postgres, int lambdaPort) {
        return new PlatformSettings(functions, databaseLayer, initScripts, postgres, lambdaPort, output);
    }

    public PlatformSettings withOutput(Consumer<String> progress, LogSink log) {
        return new PlatformSettings(
                functions, databaseLayer, initScripts, postgres, lambdaPort, new Output(progress, log));
    }
}
