package dev.pglambda.setup;

import dev.pglambda.database.credentials.Login;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The users of functions. A comment that begins with "pglambda: " marks them as made here: a user without it is somebody
 * else's, and is not touched. What goes to the server is a verifier of the password: not even a server that logs every
 * statement gets to know it.
 */
final class Users {

    private static final String MARK = "pglambda: the login of a function, made by setup.";

    private final Connection connection;

    Users(Connection connection) {
        this.connection = connection;
    }

    /** Creates the user, or gives the one who was made here the secret's password; its other rights stay as they are. */
    void put(Login login) throws SQLException {
        put(login.user(), "alter role %I login password %L", login.user(), login.verifier());
    }

    /** Creates the user without a password, or takes the password from the one who was made here. */
    void putWithoutPassword(String user) throws SQLException {
        put(user, "alter role %I login password null", user);
    }

    private void put(String user, String alteration, String... values) throws SQLException {
        requireOrdinary(user);
        boolean isThere = is("select pg_catalog.to_regrole(pg_catalog.quote_ident(?)) is not null", user);
        if (isThere) {
            requireOurs(user);
        }
        Template template = new Template(connection);
        try {
            if (!isThere) {
                template.execute("create role %I", user);
                template.execute("comment on role %I is %L", user, MARK);
            }
            template.execute(alteration, values);
        } catch (SQLException e) {
            // Without the server's words, which may be the statement's; its code says what is missing.
            throw new SetupException(
                    "Logins: user '" + user + "' cannot be made or given its secret's password (SQLSTATE "
                            + e.getSQLState()
                            + "): the administrator needs CREATEROLE, and from PostgreSQL 16 on the ADMIN OPTION"
                            + " on a user whom somebody else created");
        }
    }

    /** A secret that was mixed up must not change the administrator's password, nor make a role of the bundle a user. */
    private void requireOrdinary(String user) throws SQLException {
        if (user.startsWith("pglambda_") || is("select session_user = ?", user)) {
            throw new SetupException("Logins: '" + user
                    + "' is the administrator or a role of the bundle: name an ordinary user, or its secret");
        }
    }

    private void requireOurs(String user) throws SQLException {
        if (!is("""
                select coalesce(pg_catalog.shobj_description(
                           pg_catalog.to_regrole(pg_catalog.quote_ident(?)), 'pg_authid') ~ '^pglambda: ', false)""", user)) {
            throw new SetupException(
                    "Logins: user '" + user + "' is there already and was not made by setup, so it stays"
                            + " as it is. Deploy under another prefix; or, if it is yours to give, run: comment on role \""
                            + user
                            + "\" is '" + MARK + "'");
        }
    }

    private boolean is(String sql, String user) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, user);
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return row.getBoolean(1);
            }
        }
    }
}
