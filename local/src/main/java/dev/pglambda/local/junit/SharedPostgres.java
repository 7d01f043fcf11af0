package dev.pglambda.local.junit;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.function.FunctionFolder;
import dev.pglambda.local.DatabasePreparation;
import dev.pglambda.local.lambda.api.InvokeApi;
import dev.pglambda.local.postgres.LocalPostgres;
import dev.pglambda.local.postgres.Password;
import dev.pglambda.local.postgres.wire.AwsLambdaEndpoint;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/** The one PostgreSQL of this JVM, and the database with the bundle that every test class gets a clone of. */
final class SharedPostgres {

    /** The user of handlers that connect to the database. */
    static final String HANDLER_USER = "handler";

    private static final String TEMPLATE = "pglambda_template";

    private final LocalPostgres postgres;
    private final Password handlerPassword = Password.random();
    private final Map<String, InvokeApi> lambdas = new ConcurrentHashMap<>();
    private final AtomicInteger clones = new AtomicInteger();

    private SharedPostgres() throws SQLException {
        // Never closed here: it ends with the JVM, however that ends.
        this.postgres = LocalPostgres.start();
        AwsLambdaEndpoint.open(postgres, lambdas::get);
        postgres.createDatabase(TEMPLATE, "template1");
        try (Connection master = postgres.connectAsMaster(TEMPLATE)) {
            DatabasePreparation.installBundle(master);
            try (Statement statement = master.createStatement()) {
                statement.execute("create role " + HANDLER_USER + " login password "
                        + statement.enquoteLiteral(handlerPassword.reveal()));
            }
        }
    }

    static SharedPostgres get() {
        return Holder.INSTANCE;
    }

    Password handlerPassword() {
        return handlerPassword;
    }

    /** A clone for the tests of this class, whose handler has the roles of its module's {@code function.json}. */
    TestDatabase database(Class<?> test) {
        String name = "test_" + clones.incrementAndGet();
        try {
            postgres.createDatabase(name, TEMPLATE);
            return TestDatabase.create(name, postgres, lambdas, rolesOf(test));
        } catch (SQLException e) {
            throw new ExtensionConfigurationException("the database of this test class cannot be made", e);
        }
    }

    private static List<String> rolesOf(Class<?> test) {
        try {
            Path classes = Path.of(
                    test.getProtectionDomain().getCodeSource().getLocation().toURI());
            Path description = classes.resolve("../..").normalize().resolve(FunctionFolder.FILE);
            return Files.exists(description)
                    ? FunctionDescription.read(description).roles()
                    : List.of();
        } catch (URISyntaxException | IOException e) {
            throw new ExtensionConfigurationException("the description of the function cannot be read", e);
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
