package dev.pglambda.database.testkit;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.apache.commons.io.FileUtils;
import org.awaitility.Awaitility;

/**
 * A real PostgreSQL that asks all users but the superuser for scram passwords, and can be stopped and started again.
 */
public final class TestServer implements AutoCloseable {

    public static final String PASSWORD = "app-Passw0rd-of-the-tests";

    private static final String HBA = """
            local all all trust
            host all postgres 127.0.0.1/32 trust
            host all all 127.0.0.1/32 scram-sha-256
            """;
    private static TestServer shared;

    private final Path data;
    private final int port;
    private EmbeddedPostgres postgres;

    private TestServer() throws IOException {
        this.data = Files.createTempDirectory("pglambda-database");
        Files.delete(data);
        this.port = freePort();
    }

    /** One for all tests of this JVM that do not stop it, with the role {@code app} and a certificate for this machine. */
    public static synchronized TestServer shared() {
        if (shared == null) {
            shared = started();
            shared.configure(TestCertificates.shared().forThisMachine());
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    /** With the role {@code app}, without TLS. */
    public static TestServer started() {
        try {
            TestServer server = new TestServer();
            server.start();
            Files.writeString(server.data.resolve("pg_hba.conf"), HBA);
            server.sql("select pg_reload_conf()");
            server.sql("create role app login password '" + PASSWORD + "'");
            server.sql("grant all on schema public to app");
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Changes settings that need no restart; returns when new connections have them. */
    public void configure(Map<String, String> settings) {
        settings.forEach((name, value) -> sql("alter system set " + name + " = '" + value + "'"));
        sql("select pg_reload_conf()");
        settings.forEach((name, value) ->
                Awaitility.await().until(() -> sql("show " + name).orElseThrow().equals(value)));
    }

    /** A port below the kernel's range for other sockets, of which the tests open many while a server is stopped. */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 32_000);
            try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return probe.getLocalPort();
            } catch (BindException inUse) {
                // taken: try another one
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    public int port() {
        return port;
    }

    public synchronized void start() {
        try {
            EmbeddedPostgres.Builder builder = EmbeddedPostgres.builder()
                    .setDataDirectory(data)
                    .setCleanDataDirectory(false)
                    .setPort(port)
                    .setConnectConfig("connectTimeout", "10")
                    .setServerConfig("listen_addresses", "127.0.0.1");
            postgres = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public synchronized void stop() {
        try {
            postgres.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public void restart() {
        stop();
        start();
    }

    @Override
    public void close() {
        stop();
        FileUtils.deleteQuietly(data.toFile());
    }

    /** As superuser. The first column of the first row, if there is one. */
    public Optional<String> sql(String sql) {
        String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?sslmode=disable";
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement()) {
            if (!statement.execute(sql)) {
                return Optional.empty();
            }
            try (ResultSet rows = statement.getResultSet()) {
                return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
            }
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    public int count(String sql) {
        return Integer.parseInt(sql(sql).orElseThrow());
    }

    /** Direct settings for the role {@code app}; then names and values that add to them or replace them. */
    public Map<String, Object> direct(Object... more) {
        Map<String, Object> settings = new LinkedHashMap<>(Map.of(
                "db.host", "127.0.0.1",
                "db.port", port,
                "db.name", "postgres",
                "db.user", "app",
                "db.password", PASSWORD));
        for (int i = 0; i < more.length; i += 2) {
            settings.put((String) more[i], more[i + 1]);
        }
        return settings;
    }

    /** A secret in the format of RDS for the role {@code app}. */
    public Map<String, Object> secret(String password) {
        return new HashMap<>(Map.of(
                "engine", "postgres",
                "host", "localhost",
                "port", port,
                "dbname", "postgres",
                "username", "app",
                "password", password));
    }
}
