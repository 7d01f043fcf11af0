package dev.pglambda.local.junit;

import dev.pglambda.local.DatabasePreparation;
import dev.pglambda.local.lambda.api.InvokeApi;
import dev.pglambda.local.postgres.LocalPostgres;
import dev.pglambda.local.postgres.Password;
import dev.pglambda.local.postgres.wire.AwsLambdaEndpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** The one PostgreSQL of this JVM, and the database with the bundle that every test class gets a clone of. */
final class SharedPostgres {

    private static final String TEMPLATE = "pglambda_template";

    private final LocalPostgres postgres;
    private final Password handlerPassword = Password.random();
    private final Set<String> handlerUsers = new HashSet<>();
    private final Map<String, InvokeApi> lambdas = new ConcurrentHashMap<>();
    private final AtomicInteger clones = new AtomicInteger();

    private SharedPostgres() throws SQLException {
        // Never closed here: it ends with the JVM, however that ends.
        this.postgres = LocalPostgres.start();
        AwsLambdaEndpoint.open(postgres, lambdas::get);
        postgres.createDatabase(TEMPLATE, "template1");
        try (Connection master = postgres.connectAsMaster(TEMPLATE)) {
            DatabasePreparation.installBundle(master);
        }
    }

    static SharedPostgres get() {
        return Holder.INSTANCE;
    }

    Password handlerPassword() {
        return handlerPassword;
    }

    /** A clone for the tests of this class. */
    TestDatabase database(Class<?> test) {
        String name = "test_" + clones.incrementAndGet();
        try {
            postgres.createDatabase(name, TEMPLATE);
            TestProject project = TestProject.of(test);
            createUsers(project.users());
            return TestDatabase.create(name, postgres, lambdas, project);
        } catch (SQLException e) {
            throw new ExtensionConfigurationException("the database of this test class cannot be made", e);
        }
    }

    /** Users are there for all databases of a server: some may exist. */
    private synchronized void createUsers(List<String> users) throws SQLException {
        try (Connection master = postgres.connectAsMaster(TEMPLATE);
                Statement statement = master.createStatement()) {
            for (String user : users) {
                if (handlerUsers.add(user)) {
                    statement.execute("create role " + statement.enquoteIdentifier(user, true) + " login password "
                            + statement.enquoteLiteral(handlerPassword.reveal()));
                }
            }
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
