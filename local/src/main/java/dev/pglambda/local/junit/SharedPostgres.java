package dev.pglambda.local.junit;

import dev.pglambda.local.Preparation;
import dev.pglambda.local.lambda.InvokeApi;
import dev.pglambda.local.postgres.AwsLambdaEndpoint;
import dev.pglambda.local.postgres.LocalPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** The one PostgreSQL of this JVM, and the database with the bundle that every test class gets a clone of. */
final class SharedPostgres {

    /** The user of handlers that go back to the database; its password is its name. */
    static final String HANDLER_USER = "handler";

    private static final String TEMPLATE = "pglambda_template";

    private final LocalPostgres postgres;
    private final Map<String, InvokeApi> lambdas = new ConcurrentHashMap<>();
    private final AtomicInteger clones = new AtomicInteger();

    private SharedPostgres() throws SQLException {
        // Never closed here: it ends with the JVM, however that ends.
        this.postgres = LocalPostgres.start();
        AwsLambdaEndpoint.open(postgres, lambdas::get);
        postgres.createDatabase(TEMPLATE, "template1");
        try (Connection master = postgres.connectAsMaster(TEMPLATE)) {
            Preparation.installBundle(master);
            try (Statement statement = master.createStatement()) {
                statement.execute("create role handler login password 'handler'");
                statement.execute("grant pglambda_deliverer to handler");
            }
        }
    }

    static SharedPostgres get() {
        return Holder.INSTANCE;
    }

    TestDatabase database() {
        String name = "test_" + clones.incrementAndGet();
        try {
            postgres.createDatabase(name, TEMPLATE);
            return TestDatabase.create(name, postgres, lambdas);
        } catch (SQLException e) {
            throw new ExtensionConfigurationException("the database of this test class cannot be made", e);
        }
    }

    /** Started by the first test that needs it. */
    private static final class Holder {
        private static final SharedPostgres INSTANCE = start();

        private static SharedPostgres start() {
            try {
                return new SharedPostgres();
            } catch (SQLException e) {
                throw new ExtensionConfigurationException("PostgreSQL for tests cannot be prepared", e);
            }
        }
    }
}
