package dev.pglambda.local;

import dev.pglambda.bundle.SqlBundle;
import dev.pglambda.bundle.TypedWrappers;
import dev.pglambda.local.postgres.LocalPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** What is done once in a new database, mostly by its administrator, {@link LocalPostgres#MASTER}. */
public final class DatabasePreparation {

    /** The bundle's role for applications. */
    static final String APPLICATION_ROLE = "pglambda_invoker";

    private static final int REQUEST_TIMEOUT_MS = 12_000;

    private DatabasePreparation() {}

    /** Installs the bundle, and lets the application call the wrappers. */
    public static void installBundle(Connection master) throws SQLException {
        SqlBundle.install(master);
        try (Statement statement = master.createStatement()) {
            statement.execute("grant " + APPLICATION_ROLE + " to " + LocalPostgres.APP);
        }
    }

    /**
     * Gives new sessions of the database the time-out that the deployed cluster's parameter group gives: more than
     * functions take at most, so that Lambda's own time-out is the first, and says what happened. What a parameter
     * group may do takes a superuser here.
     */
    public static void applyParameterGroup(LocalPostgres postgres, String database) throws SQLException {
        try (Connection superuser = postgres.connectAsSuperuser(database);
                Statement statement = superuser.createStatement()) {
            statement.execute("alter database " + statement.enquoteIdentifier(database, true)
                    + " set aws_lambda.request_timeout_ms = " + REQUEST_TIMEOUT_MS);
        }
    }

    /**
     * Registers a function that is deployed under the same name, installs the wrappers that the bundle has for it, and
     * defines those of its signatures.
     */
    public static void register(Connection master, String function, List<String> signatures) throws SQLException {
        try (PreparedStatement statement = master.prepareStatement("select pglambda.register(name => ?, arn => ?)")) {
            statement.setString(1, function);
            statement.setString(2, function);
            statement.execute();
        }
        SqlBundle.install(master);
        TypedWrappers.define(master, function, signatures);
    }
}
