package dev.pglambda.local.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** One server and one endpoint for all tests of this JVM; every {@link TestDatabase} brings its own Lambda. */
final class TestPlatform {

    static final LocalPostgres POSTGRES = LocalPostgres.start();

    private static final String TEMPLATE = "with_aws_lambda";
    private static final Map<String, FakeLambda> ROUTES = new ConcurrentHashMap<>();
    private static final AtomicInteger NEXT = new AtomicInteger();

    private static AwsLambdaEndpoint endpoint = openEndpoint();

    static {
        createTemplate();
    }

    private TestPlatform() {}

    static TestDatabase database() {
        String name = "test " + NEXT.incrementAndGet();
        FakeLambda lambda = new FakeLambda();
        try {
            POSTGRES.createDatabase(name, TEMPLATE);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
        ROUTES.put(name, lambda);
        return new TestDatabase(name, lambda);
    }

    static void drop(TestDatabase database) throws SQLException {
        ROUTES.remove(database.name());
        POSTGRES.dropDatabase(database.name());
    }

    static int endpointPort() {
        return endpoint.port();
    }

    /** As the extension finds it. */
    static String endpointPassword() throws IOException {
        String connection = Files.readString(POSTGRES.dataDirectory().resolve("aws_lambda_endpoint"));
        return connection.replaceAll(".* password=(\\S+) .*", "$1");
    }

    static void closeEndpoint() {
        endpoint.close();
    }

    static void reopenEndpoint() {
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
