package dev.pglambda.local.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A real PostgreSQL server for this JVM, set up as RDS sets one up: {@link #MASTER} may create databases, roles and the
 * extension {@code aws_lambda}, and is not a superuser; {@link #APP} may do nothing but log in. It listens on 127.0.0.1
 * only, asks everybody for a password, and offers TLS.
 *
 * <p>What is committed survives a crash of the server's processes. When this JVM ends, even by SIGKILL, the server
 * ends, and its files are removed. Thread-safe. Starting takes about a second; every method that talks to the server
 * opens a connection (a few milliseconds) and throws {@link SQLException} as it is.
 */
public final class LocalPostgres implements AutoCloseable {

    /** Creates databases, roles and extensions; member of rds_superuser. */
    public static final String MASTER = "master";

    /** An application. */
    public static final String APP = "app";

    /** The first database, owned by {@link #MASTER}. */
    public static final String DATABASE = "demodb";

    /** Not for users: the one that RDS keeps to itself. */
    static final String SUPERUSER = "postgres";

    private final ServerProcess server;
    private final PostgresSettings settings;

    private LocalPostgres(ServerProcess server, PostgresSettings settings) {
        this.server = server;
        this.settings = settings.withPort(server.port());
    }

    /** Starts with {@link PostgresSettings#random()}. */
    public static LocalPostgres start() {
        return start(PostgresSettings.random());
    }

    /**
     * Starts a server.
     *
     * @throws PostgresStartException with a message for the user, such as a port in use
     */
    public static LocalPostgres start(PostgresSettings settings) {
        ServerProcess server = ServerProcess.start(settings.port());
        try {
            LocalPostgres postgres = new LocalPostgres(server, settings);
            try (Connection superuser = postgres.connectAsSuperuser(SUPERUSER)) {
                ServerSetup.run(superuser, settings);
            }
            return postgres;
        } catch (SQLException | IOException | RuntimeException e) {
            server.close();
            throw new PostgresStartException("PostgreSQL started but cannot be set up: " + e.getMessage(), e);
        }
    }

    public int port() {
        return settings.port();
    }

    /** Whether the server's port answers: not after its end, but also while it recovers from a crash. */
    public boolean isListening() {
        return ServerPort.isListening(port());
    }

    /** Why the server has ended, from its log if possible. */
    public String reasonOfEnd() {
        return server.directory().reason("its log has no reason");
    }

    /** What clients that verify the server are to trust, in PEM. */
    public static String certificate() {
        return ServerDirectory.certificate();
    }

    /** Without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /** For psql, with the password of {@link #MASTER}. */
    public String masterUri(String database) {
        return uri(MASTER, settings.master(), database);
    }

    /** For psql, with the password of {@link #APP}. */
    public String appUri(String database) {
        return uri(APP, settings.app(), database);
    }

    /** Without TLS: nothing between this process and its server could listen. */
    public Connection connect(String database, String user, String password) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database) + "?sslmode=disable", user, password);
    }

    public Connection connectAsMaster(String database) throws SQLException {
        return connect(database, MASTER, settings.master().reveal());
    }

    public Connection connectAsApp(String database) throws SQLException {
        return connect(database, APP, settings.app().reveal());
    }

    /** For what only RDS itself may do, and for tests. */
    public Connection connectAsSuperuser(String database) throws SQLException {
        return connect(database, SUPERUSER, server.superuserPassword().reveal());
    }

    /**
     * Creates a database that {@link #MASTER} owns.
     *
     * @param template the database to clone, which must have no connections
     */
    public void createDatabase(String name, String template) throws SQLException {
        try (Connection superuser = connectAsSuperuser(SUPERUSER);
                Statement statement = superuser.createStatement()) {
            statement.execute("create database " + quoted(name) + " owner " + MASTER + " template " + quoted(template)
                    + " strategy file_copy");
        }
    }

    /** Drops a database, if it exists, with the sessions in it. */
    public void dropDatabase(String name) throws SQLException {
        try (Connection superuser = connectAsSuperuser(SUPERUSER);
                Statement statement = superuser.createStatement()) {
            statement.execute("drop database if exists " + quoted(name) + " with (force)");
        }
    }

    /** Sets where {@code aws_lambda} sends the calls of all sessions from now on: libpq's connection string. */
    public void publishLambdaEndpoint(String connection) throws IOException {
        AtomicFile.write(lambdaEndpoint(), connection);
    }

    /** Withdraws the connection string, unless another one has been published since. */
    public void withdrawLambdaEndpoint(String connection) throws IOException {
        if (Files.exists(lambdaEndpoint()) && Files.readString(lambdaEndpoint()).equals(connection)) {
            Files.delete(lambdaEndpoint());
        }
    }

    /** Stops the server at once and removes its files. */
    @Override
    public void close() {
        server.close();
    }

    Path dataDirectory() {
        return server.directory().data();
    }

    private Path lambdaEndpoint() {
        return dataDirectory().resolve("aws_lambda_endpoint");
    }

    private String uri(String user, Password password, String database) {
        return "postgresql://" + user + ":" + password.reveal() + "@127.0.0.1:" + port() + "/" + database;
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
