package dev.pglambda.bundle.kit;

import dev.pglambda.local.postgres.LocalPostgres;
import dev.pglambda.local.postgres.PostgresSettings;
import dev.pglambda.local.postgres.wire.AwsLambdaEndpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One server for all tests of this JVM, with the bundle installed in {@value #TEMPLATE}, a scripted Lambda, and a user for
 * every kind of right: {@code app}, {@code operator}, {@code deliverer}, {@code processor} and {@code stranger}. The server
 * ends with the JVM.
 */
public final class BundleServer {

    public static final FakeLambda LAMBDA = new FakeLambda();

    private static final String TEMPLATE = "bundle_template";
    private static final AtomicInteger CLONES = new AtomicInteger();
    private static final LocalPostgres POSTGRES = start();

    private final String database;
    private final List<Sql> sessions = new CopyOnWriteArrayList<>();

    private BundleServer(String database) {
        this.database = database;
    }

    /** A database of its own with the bundle, the three functions and their wrappers. */
    public static BundleServer cloned() {
        return copyOf(TEMPLATE);
    }

    /** A database of its own without the bundle. The server has the bundle's roles, because the template has the bundle. */
    public static BundleServer empty() {
        return copyOf("template0");
    }

    /** As {@link #empty()}, in another encoding than UTF8. */
    public static BundleServer ofEncoding(String encoding) {
        String name = "bundle_" + CLONES.incrementAndGet();
        try (Connection superuser = POSTGRES.connectAsSuperuser("postgres");
                Statement statement = superuser.createStatement()) {
            statement.execute("create database " + name + " template template0 owner master encoding '" + encoding
                    + "' locale_provider libc locale 'C'");
            return new BundleServer(name);
        } catch (SQLException e) {
            throw new SqlError(e);
        }
    }

    public String database() {
        return database;
    }

    public int port() {
        return POSTGRES.port();
    }

    public Sql as(String user) {
        return session(() -> POSTGRES.connect(database, user, user));
    }

    public Sql asSuperuser() {
        return session(() -> POSTGRES.connectAsSuperuser(database));
    }

    /** With the sessions that are open in it. */
    public void drop() {
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
                ShippedFunctions.install(master);
                setUp(new Sql(master));
            }
        } catch (SQLException e) {
            throw new SqlError(e);
        }
        return postgres;
    }

    private static void setUp(Sql master) {
        master.execute("grant pglambda_invoker to app");
        master.execute("create role operator login password 'operator' in role pglambda_operator");
        master.execute("grant create on schema public to operator"); // for typed wrappers, which go there by default
        master.execute("create role processor login password 'processor' in role pglambda_process");
        master.execute("create role deliverer login password 'deliverer' in role pglambda_deliverer");
        master.execute("create role stranger login password 'stranger'");
        for (String function : ShippedFunctions.NAMES) {
            master.execute("select pglambda.register('" + function + "', '" + function + "')");
        }
    }
}
