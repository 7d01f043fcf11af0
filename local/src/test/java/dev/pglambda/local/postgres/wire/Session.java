package dev.pglambda.local.postgres.wire;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** A connection with the operations that the tests need. Rows are formatted as by psql -At. */
public record Session(Connection connection) implements AutoCloseable {

    public void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    public List<String> rows(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                List<String> rows = new ArrayList<>();
                while (result.next()) {
                    rows.add(row(result));
                }
                return rows;
            }
        }
    }

    public String value(String sql, Object... parameters) throws SQLException {
        return rows(sql, parameters).get(0);
    }

    public ServerErrorMessage error(String sql) {
        PSQLException e = catchThrowableOfType(PSQLException.class, () -> rows(sql));
        if (e == null) {
            throw new AssertionError("no error from " + sql);
        }
        return e.getServerErrorMessage();
    }

    public int processId() throws SQLException {
        return Integer.parseInt(value("select pg_backend_pid()"));
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private static String row(ResultSet result) throws SQLException {
        List<String> values = new ArrayList<>();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            String value = result.getString(i);
            values.add(value == null ? "" : value);
        }
        return String.join("|", values);
    }
}
