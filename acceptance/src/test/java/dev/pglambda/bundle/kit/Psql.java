package dev.pglambda.bundle.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The psql of this machine, as a person would type it. Without one, the tests that use it fail. */
public record Psql(int exitCode, String output) {

    public static final String INSTALL_SQL = Path.of("..", "sql", "install.sql").toString();

    public static final String UNINSTALL_SQL =
            Path.of("..", "sql", "uninstall.sql").toString();

    /** Runs psql as master; the output is standard output and standard error together. */
    public static Psql run(BundleServer database, Map<String, String> environment, String... arguments) {
        List<String> command = new ArrayList<>(List.of("psql", "-X", "-q"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        builder.environment().put("PGHOST", "127.0.0.1");
        builder.environment().put("PGPORT", String.valueOf(database.port()));
        builder.environment().put("PGUSER", "master");
        builder.environment().put("PGPASSWORD", "master");
        builder.environment().put("PGDATABASE", database.database());
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Psql(process.waitFor(), output);
        } catch (IOException e) {
            throw new UncheckedIOException("psql is needed on the PATH (Debian: apt install postgresql-client)", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public static Psql install(BundleServer database) {
        return install(database, Map.of());
    }

    public static Psql install(BundleServer database, Map<String, String> environment) {
        return run(database, environment, "-v", "ON_ERROR_STOP=1", "-1", "-f", INSTALL_SQL);
    }

    /** Installs the bundle with the wrappers of the three functions, which are not registered. */
    public static Psql installWithWrappers(BundleServer database) {
        String functions = String.join(",", ShippedFunctions.NAMES);
        return install(database, Map.of("PGOPTIONS", "-c pglambda.install_wrappers=" + functions));
    }
}
