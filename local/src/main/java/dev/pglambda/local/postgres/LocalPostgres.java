package dev.pglambda.local.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * A real PostgreSQL server for this JVM, set up as RDS sets one up: {@link #MASTER} may create databases, roles and the
 * extension {@code aws_lambda}, and is not a superuser; {@link #APP} may do nothing but log in. It listens on 127.0.0.1
 * only and asks everybody for a password.
 *
 * <p>The server trades durability for speed and lives no longer than this JVM: when the JVM ends, in whatever way, so
 * does the server, and its files are removed. Thread-safe. Starting takes about a second; every method that talks to the
 * server opens a connection (a few milliseconds) and throws {@link SQLException} as it is.
 */
public final class LocalPostgres implements AutoCloseable {

    /** Creates databases, roles and extensions; member of rds_superuser. The password is {@code master}. */
    public static final String MASTER = "master";

    /** An application. The password is {@code app}. */
    public static final String APP = "app";

    /** The database that is there from the start, owned by {@link #MASTER}. */
    public static final String DATABASE = "demodb";

    /** Not for users: the one that RDS keeps to itself. */
    static final String SUPERUSER = "postgres";

    private final ServerProcess server;

    private LocalPostgres(ServerProcess server) {
        this.server = server;
    }

    /** Starts on any free port, without TLS. */
    public static LocalPostgres start() {
        return start(0, Optional.empty());
    }

    /**
     * Starts a server.
     *
     * @param port on 127.0.0.1; 0 for any free one
     * @param certificate for clients that want TLS; empty for a server without it
     * @throws PostgresStartException with a message for the user, such as a port in use
     */
    public static LocalPostgres start(int port, Optional<ServerCertificate> certificate) {
        ServerProcess server = ServerProcess.start(port, certificate);
        try {
            LocalPostgres postgres = new LocalPostgres(server);
            postgres.setUp();
            return postgres;
        } catch (SQLException | IOException | RuntimeException e) {
            server.close();
            throw new PostgresStartException("PostgreSQL started but cannot be set up: " + e.getMessage(), e);
        }
    }

    public int port() {
        return server.port();
    }

    /** Without user and password. */
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://127.0.0.1:" + port() + "/" + database;
    }

    /** Without TLS: nothing between this process and its server could listen. */
    public Connection connect(String database, String user, String password) throws SQLException {
        return DriverManager.getConnection(jdbcUrl(database) + "?sslmode=disable", user, password);
    }

    public Connection connectAsMaster(String database) throws SQLException {
        return connect(database, MASTER, MASTER);
    }

    public Connection connectAsApp(String database) throws SQLException {
        return connect(database, APP, APP);
    }

    /** For what RDS does behind the scenes, and for tests that look there. */
    public Connection connectAsSuperuser(String database) throws SQLException {
        return connect(database, SUPERUSER, server.superuserPassword().reveal());
    }

    /**
     * Creates a database that {@link #MASTER} owns.
     *
     * @param template the database to clone; nobody may be connected to it
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

    /** Stops the server at once and removes its files. */
    @Override
    public void close() {
        server.close();
    }

    Path dataDirectory() {
        return server.dataDirectory();
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    private void setUp() throws SQLException, IOException {
        try (Connection superuser = connectAsSuperuser(SUPERUSER);
                Statement statement = superuser.createStatement()) {
            AwsExtensions.install(superuser);
            statement.execute("""
                    create role rds_superuser nologin;
                    grant pg_monitor, pg_signal_backend, pg_checkpoint to rds_superuser with admin option;
                    create role master login createrole createdb password 'master';
                    grant rds_superuser to master with admin option;
                    create role app login password 'app';
                    """);
            statement.execute("create database demodb owner master");
        }
    }
}
