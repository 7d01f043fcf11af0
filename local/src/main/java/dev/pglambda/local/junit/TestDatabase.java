package dev.pglambda.local.junit;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.lambda.LambdaFunction;
import dev.pglambda.local.DatabasePreparation;
import dev.pglambda.local.InitScripts;
import dev.pglambda.local.lambda.LambdaSettings;
import dev.pglambda.local.lambda.LocalLambda;
import dev.pglambda.local.lambda.api.InvokeApi;
import dev.pglambda.local.postgres.LocalPostgres;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The database of one test class, and the Lambda that serves its handlers. */
final class TestDatabase implements AutoCloseable {

    private static final int MEMORY_MB = 512;
    private static final int TIMEOUT_SECONDS = 30;

    private final String name;
    private final LocalPostgres postgres;
    private final LocalLambda lambda;
    private final Map<String, InvokeApi> lambdas;
    private final TestProject project;
    private final Set<Class<?>> served = new HashSet<>();
    private boolean initialized;

    private TestDatabase(
            String name,
            LocalPostgres postgres,
            LocalLambda lambda,
            Map<String, InvokeApi> lambdas,
            TestProject project) {
        this.name = name;
        this.postgres = postgres;
        this.lambda = lambda;
        this.lambdas = lambdas;
        this.project = project;
    }

    /** The roles of the project are granted to the handlers' user. */
    static TestDatabase create(String name, LocalPostgres postgres, Map<String, InvokeApi> lambdas, TestProject project)
            throws SQLException {
        try {
            LocalLambda lambda = LocalLambda.start(LambdaSettings.defaults());
            lambdas.put(name, lambda);
            DatabasePreparation.applyParameterGroup(postgres, name);
            TestDatabase database = new TestDatabase(name, postgres, lambda, lambdas, project);
            try (Connection master = postgres.connectAsMaster(name)) {
                database.grantRoles(master);
            }
            return database;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean serves(Class<?> handler) {
        return served.contains(handler);
    }

    void serve(Class<?> handler, LambdaFunction function) throws SQLException {
        FunctionDescription description =
                FunctionDescription.of(function.name(), handler.getName()).withLimits(MEMORY_MB, TIMEOUT_SECONDS);
        lambda.deploy(description, (event, context) -> {
            var reply = new ByteArrayOutputStream();
            function.handleRequest(new ByteArrayInputStream(event), reply, context);
            return reply.toByteArray();
        });
        try (Connection master = postgres.connectAsMaster(name)) {
            DatabasePreparation.register(master, function.name(), project.signaturesOf(function.name()));
            grantRoles(master);
        }
        served.add(handler);
    }

    /** Runs the project's own scripts, when all handlers are served. */
    void initialize() throws SQLException {
        if (!initialized) {
            try (Connection master = postgres.connectAsMaster(name)) {
                InitScripts.run(project.initScripts(), master);
            }
            initialized = true;
        }
    }

    /** Those that exist: some come with the function's wrappers. */
    private void grantRoles(Connection master) throws SQLException {
        try (PreparedStatement statement = master.prepareStatement(
                        "select format('grant %I to %I', rolname, ?) from pg_roles where rolname = any (?)");
                Statement grant = master.createStatement()) {
            statement.setString(1, project.user());
            statement.setArray(2, master.createArrayOf("text", project.roles().toArray()));
            try (ResultSet grants = statement.executeQuery()) {
                while (grants.next()) {
                    grant.execute(grants.getString(1));
                }
            }
        }
    }

    /** What the database layer of a handler needs to come back, as the user that a deployed handler would be. */
    Map<String, Object> settings() {
        return Map.of(
                "db.host",
                "127.0.0.1",
                "db.port",
                postgres.port(),
                "db.name",
                name,
                "db.user",
                project.user(),
                "db.password",
                SharedPostgres.get().handlerPassword().reveal());
    }

    Sql sql() {
        return new Sql(postgres, name, LocalPostgres.APP);
    }

    @Override
    public void close() throws SQLException {
        lambdas.remove(name);
        lambda.close();
        postgres.dropDatabase(name);
    }
}
