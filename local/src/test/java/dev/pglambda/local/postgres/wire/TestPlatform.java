package dev.pglambda.local.postgres.wire;

import dev.pglambda.local.postgres.LocalPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One server and one endpoint for all tests of this JVM; every {@link ClonedDatabase} brings its own Lambda. */
public final class TestPlatform {

    public static final LocalPostgres POSTGRES = LocalPostgres.start();

    private static final String TEMPLATE = "with_aws_lambda";
    private static final Map<String, ScriptedLambda> ROUTES = new ConcurrentHashMap<>();
    private static final AtomicInteger NEXT = new AtomicInteger();

    private static AwsLambdaEndpoint endpoint = openEndpoint();

    static {
        createTemplate();
    }

    private TestPlatform() {}

    public static ClonedDatabase database() {
        String name = "test " + NEXT.incrementAndGet();
        ScriptedLambda lambda = new ScriptedLambda();
        try {
            POSTGRES.createDatabase(name, TEMPLATE);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        ROUTES.put(name, lambda);
        return new ClonedDatabase(name, lambda);
    }

    public static void drop(ClonedDatabase database) throws SQLException {
        ROUTES.remove(database.name());
        POSTGRES.dropDatabase(database.name());
    }

    public static int endpointPort() {
        return endpoint.port();
    }

    /** As the extension finds it. */
    public static String endpointPassword() throws SQLException {
        try (Session superuser = new Session(POSTGRES.connectAsSuperuser("postgres"))) {
            return superuser
                    .value("select pg_read_file('aws_lambda_endpoint')")
                    .replaceAll(".* password=(\\S+) .*", "$1");
        }
    }

    public static void closeEndpoint() {
        endpoint.close();
    }

    public static void reopenEndpoint() {
        endpoint = openEndpoint();
    }

    private static AwsLambdaEndpoint openEndpoint() {
        return AwsLambdaEndpoint.open(POSTGRES, ROUTES::get);
    }

    private static void createTemplate() {
        try {
            POSTGRES.createDatabase(TEMPLATE, "template1");
            try (Connection master = POSTGRES.connectAsMaster(TEMPLATE);
                    Statement statement = master.createStatement()) {
                statement.execute("create extension aws_lambda cascade");
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
