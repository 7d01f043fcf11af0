package dev.pglambda.setup;

import dev.pglambda.database.credentials.Login;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The users who log in by a secret. What goes to the server is a verifier of the password: not even a server that logs
 * every statement gets to know it.
 */
final class Users {

    private final Connection connection;

    Users(Connection connection) {
        this.connection = connection;
    }

    /** Creates the user, or gives the one who is there the secret's password; its other rights stay as they are. */
    void put(Login login) throws SQLException {
        requireOrdinary(login.user());
        try {
            String verb = exists(login.user()) ? "alter" : "create";
            new Template(connection).execute(verb + " role %I login password %L", login.user(), login.verifier());
        } catch (SQLException e) {
            // Without the server's words, which may be the statement's; its code says what is missing.
            throw new SetupException(
                    "Logins: user '" + login.user() + "' cannot be given its secret's password (SQLSTATE "
                            + e.getSQLState()
                            + "): the administrator needs CREATEROLE, and from PostgreSQL 16 on the ADMIN OPTION"
                            + " on a user whom somebody else created");
        }
    }

    /** A secret that was mixed up must not change the administrator's password, nor make a role of the bundle a user. */
    private void requireOrdinary(String user) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select session_user = ?")) {
            statement.setString(1, user);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                if (row.getBoolean(1) || user.startsWith("pglambda_")) {
                    throw new SetupException(
                            "Logins: the secret is for '" + user
                                    + "', who is the administrator or a role of the bundle: name the secret of an ordinary user");
                }
            }
        }
    }

    private boolean exists(String user) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select 1 from pg_catalog.pg_roles r where r.rolname = ?")) {
            statement.setString(1, user);
            try (ResultSet row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
