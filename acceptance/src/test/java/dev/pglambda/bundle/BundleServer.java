package dev.pglambda.bundle;

import dev.pglambda.local.postgres.LocalPostgres;
import dev.pglambda.local.postgres.PostgresSettings;
import dev.pglambda.local.postgres.wire.AwsLambdaEndpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One server for all tests of this JVM, with the bundle installed in {@value #TEMPLATE}, a scripted Lambda, and a user for
 * every kind of right: {@code app}, {@code operator}, {@code processor} and {@code stranger}. The server ends with the JVM.
 */
final class BundleServer {

    static final FakeLambda LAMBDA = new FakeLambda();

    private static final String TEMPLATE = "bundle_template";
    private static final AtomicInteger CLONES = new AtomicInteger();
    private static final LocalPostgres POSTGRES = start();

    private final String database;
    private final List<Sql> sessions = new CopyOnWriteArrayList<>();

    private BundleServer(String database) {
        this.database = database;
    }

    /** A database of its own with the bundle and the functions process, transform and validate. */
    static BundleServer cloned() {
        return copyOf(TEMPLATE);
    }

    /** A database of its own without the bundle; the server has the bundle's roles. */
    static BundleServer empty() {
        return copyOf("template0");
    }

    String database() {
        return database;
    }

    int port() {
        return POSTGRES.port();
    }

    Sql as(String user) {
        return session(() -> POSTGRES.connect(database, user, user));
    }

    Sql asSuperuser() {
        return session(() -> POSTGRES.connectAsSuperuser(database));
    }

    /** With the sessions that are open in it. */
    void drop() {
        sessions.forEach(Sql::close);
        try {
            POSTGRES.dropDatabase(database);
        } catch (SQLException e) {
            throw new SqlError(e);
        }
    }

    private static BundleServer copyOf(String template) {
        String name = "bundle_" + CLONES.incrementAndGet();
        try {
            POSTGRES.createDatabase(name, template);
        } catch (SQLException e) {
            throw new SqlError(e);
        }
        return new BundleServer(name);
    }

    private Sql session(Login login) {
        try {
            Sql session = new Sql(login.connect());
            sessions.add(session);
            return session;
        } catch (SQLException e) {
            throw new SqlError(e);
        }
    }

    @FunctionalInterface
    private interface Login {
        Connection connect() throws SQLException;
    }

    @SuppressWarnings("resource") // the endpoint too ends with the JVM
    private static LocalPostgres start() {
        LocalPostgres postgres = LocalPostgres.start(PostgresSettings.known(0));
        AwsLambdaEndpoint.open(postgres, database -> LAMBDA);
        try {
            postgres.createDatabase(TEMPLATE, "template0");
            try (Connection master = postgres.connectAsMaster(TEMPLATE)) {
                SqlBundle.install(master);
                setUp(new Sql(master));
            }
        } catch (SQLException e) {
            throw new SqlError(e);
        }
        return postgres;
    }

    private static void setUp(Sql master) {
        master.execute("grant lambda_invoker to app");
        master.execute("create role operator login password 'operator' in role lambda_operator");
        master.execute("create role processor login password 'processor' in role lambda_process");
        master.execute("create role watcher login password 'watcher' in role lambda_monitor");
        master.execute("create role stranger login password 'stranger'");
        for (String function : List.of("process", "transform", "validate")) {
            master.execute("select lambda.register('" + function + "', '" + function + "')");
        }
    }
}
