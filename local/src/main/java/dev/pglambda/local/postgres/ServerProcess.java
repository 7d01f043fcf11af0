package dev.pglambda.local.postgres;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.util.Map;
import java.util.function.IntSupplier;

/** The server's process and its directory, from start to end. */
final class ServerProcess implements AutoCloseable {

    private static final int FREE_PORT_ATTEMPTS = 3;

    private static final Map<String, String> INITDB =
            Map.of("locale", "C", "auth", "scram-sha-256", "wal-segsize", "1");

    /** Sorts by code point and knows letters beyond ASCII, the same on every machine. From version 17 on. */
    private static final Map<String, String> BUILTIN_LOCALE =
            Map.of("locale-provider", "builtin", "builtin-locale", "C.UTF-8");

    /** For earlier versions: which characters are letters depends on the machine. macOS has no C.UTF-8. */
    private static final Map<String, String> LIBC_LOCALE =
            Map.of("lc-ctype", System.getProperty("os.name").startsWith("Mac") ? "en_US.UTF-8" : "C.UTF-8");

    private final ServerDirectory directory;
    private final int port;
    private final Password superuserPassword;
    private final ServerWatcher watcher;

    private ServerProcess(ServerDirectory directory, int port, Password superuserPassword, ServerWatcher watcher) {
        this.directory = directory;
        this.port = port;
        this.superuserPassword = superuserPassword;
        this.watcher = watcher;
    }

    /** Port 0 is any free one. */
    static ServerProcess start(int port) {
        if (port != 0) {
            ServerPort.requireFree(port);
            return attempt(port);
        }
        return start(ServerPort::anyFree);
    }

    static ServerProcess start(IntSupplier ports) {
        for (int attempt = 1; ; attempt++) {
            try {
                return attempt(ports.getAsInt());
            } catch (PostgresStartException e) {
                // Another program may have taken the port in between.
                if (attempt == FREE_PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    int port() {
        return port;
    }

    Password superuserPassword() {
        return superuserPassword;
    }

    ServerDirectory directory() {
        return directory;
    }

    @Override
    public void close() {
        watcher.close();
    }

    private static ServerProcess attempt(int port) {
        ServerDirectory directory = ServerDirectory.create();
        Password password = Password.random();
        ServerWatcher watcher = watch(directory);
        try {
            launch(directory, port, password);
            return new ServerProcess(directory, port, password, watcher);
        } catch (IOException | RuntimeException | ExceptionInInitializerError e) {
            String reason = directory.reason(String.valueOf(e.getMessage()));
            watcher.close();
            throw new PostgresStartException("PostgreSQL cannot start: " + reason, e);
        }
    }

    /** The call that unpacks the binaries also starts them, so their version is known only when initdb has refused. */
    private static void launch(ServerDirectory directory, int port, Password password) throws IOException {
        Files.writeString(directory.passwordFile(), password.reveal());
        try {
            builder(directory, port, password, BUILTIN_LOCALE).start();
        } catch (IOException | IllegalStateException e) {
            if (directory.isInitialized() || !Files.readString(directory.log()).contains("builtin")) {
                throw e;
            }
            Files.delete(directory.log());
            builder(directory, port, password, LIBC_LOCALE).start();
        }
        Files.delete(directory.passwordFile());
    }

    /** What it starts is never closed: the watcher stops the server. */
    private static EmbeddedPostgres.Builder builder(
            ServerDirectory directory, int port, Password password, Map<String, String> locale) throws IOException {
        File log = directory.log().toFile();
        EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                .setPort(port)
                .setOverrideWorkingDirectory(BinariesCache.directory().toFile())
                .setDataDirectory(directory.data())
                .setDataDirectoryCustomizer(data -> directory.configure())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setOutputRedirector(Redirect.appendTo(log))
                .setErrorRedirector(Redirect.appendTo(log))
                .setServerConfig("max_connections", "200")
                // A commit waits until it is written to a file, so that it survives a crash of the server.
                .setServerConfig("synchronous_commit", "on")
                .setConnectConfig("password", password.reveal())
                .setConnectConfig("sslmode", "disable")
                // Another program that has the port instead of the server may never answer.
                .setConnectConfig("socketTimeout", "5")
                .setLocaleConfig("pwfile", directory.passwordFile().toString());
        INITDB.forEach(builder::setLocaleConfig);
        locale.forEach(builder::setLocaleConfig);
        return builder;
    }

    private static ServerWatcher watch(ServerDirectory directory) {
        try {
            return ServerWatcher.over(directory.path());
        } catch (IOException e) {
            throw new PostgresStartException("cannot run sh: " + e.getMessage(), e);
        }
    }
}
