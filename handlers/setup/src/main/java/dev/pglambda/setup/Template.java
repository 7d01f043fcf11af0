package dev.pglambda.setup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Collections;

/** Statements that take no parameters, such as GRANT: the server inserts names ({@code %I}) and texts ({@code %L}). */
final class Template {

    private final Connection connection;

    Template(Connection connection) {
        this.connection = connection;
    }

    void execute(String template, String... values) throws SQLException {
        String parameters = String.join(", ", Collections.nCopies(values.length, "?"));
        String sql;
        try (PreparedStatement format =
                connection.prepareStatement("select pg_catalog.format('" + template + "', " + parameters + ")")) {
            for (int i = 0; i < values.length; i++) {
                format.setString(i + 1, values[i]);
            }
            try (ResultSet row = format.executeQuery()) {
                row.next();
                sql = row.getString(1);
            }
        }
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }
}
