package dev.pglambda.local;

import dev.pglambda.bundle.SqlBundle;
import dev.pglambda.local.postgres.LocalPostgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** What is done once in a new database, mostly by its administrator, {@link LocalPostgres#MASTER}. */
public final class Preparation {

    private static final int REQUEST_TIMEOUT_MS = 10_000;

    private Preparation() {}

    /** Installs the bundle, and lets the application call the wrappers. */
    public static void installBundle(Connection master) throws SQLException {
        SqlBundle.install(master);
        try (Statement statement = master.createStatement()) {
            statement.execute("grant pglambda_invoker to " + LocalPostgres.APP);
        }
    }

    /**
     * Gives new sessions of the database the time-out that the deployed cluster's parameter group gives: a cold JVM may
     * need more than the 3 s of the extension's default. What a parameter group may do takes a superuser here.
     */
    public static void applyParameterGroup(LocalPostgres postgres, String database) throws SQLException {
        try (Connection superuser = postgres.connectAsSuperuser(database);
                Statement statement = superuser.createStatement()) {
            statement.execute("alter database " + statement.enquoteIdentifier(database, true)
                    + " set aws_lambda.request_timeout_ms = " + REQUEST_TIMEOUT_MS);
        }
    }

    /** Registers a function that is deployed under the same name, and installs the wrappers that the bundle has for it. */
    public static void register(Connection master, String function) throws SQLException {
        try (PreparedStatement statement = master.prepareStatement("select pglambda.register(name => ?, arn => ?)")) {
            statement.setString(1, function);
            statement.setString(2, function);
            statement.execute();
        }
        SqlBundle.install(master);
    }

    /** Grants the role that the bundle has for a function's user, if it has one. */
    public static void grantRole(Connection master, String function, String user) throws SQLException {
        try (PreparedStatement role = master.prepareStatement(
                        "select format('grant %I to %I', r.rolname, ?) from pg_roles r where r.rolname = 'pglambda_' || ?");
                Statement grant = master.createStatement()) {
            role.setString(1, user);
            role.setString(2, function);
            try (ResultSet found = role.executeQuery()) {
                if (found.next()) {
                    grant.execute(found.getString(1));
                }
            }
        }
    }
}
