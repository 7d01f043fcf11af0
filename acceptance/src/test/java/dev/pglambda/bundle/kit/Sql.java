package dev.pglambda.bundle.kit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** One user's session, with short methods for tests. */
public final class Sql implements AutoCloseable {

    private final Connection connection;

    public Sql(Connection connection) {
        this.connection = connection;
    }

    public Connection connection() {
        return connection;
    }

    public void execute(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        } catch (SQLException e) {
            throw new SqlError(e);
        }
    }

    /** The first column of the one row, as text. */
    public String value(String sql, Object... parameters) {
        List<String> all = values(sql, parameters);
        Assertions.assertThat(all).as(sql).hasSize(1);
        return all.get(0);
    }

    /** The first column of every row, as text. */
    public List<String> values(String sql, Object... parameters) {
        return rows(sql, row -> row.getString(1), parameters);
    }

    /** Every row, as the reader reads it. */
    public <T> List<T> rows(String sql, RowReader<T> reader, Object... parameters) {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            List<T> all = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    all.add(reader.read(rows));
                }
            }
            return all;
        } catch (SQLException e) {
            throw new SqlError(e);
        }
    }

    @FunctionalInterface
    public interface RowReader<T> {
        T read(ResultSet row) throws SQLException;
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new SqlError(e);
        }
    }

    /** The error that an action raises. Fails the test when there is none. */
    public static SqlError errorOf(ThrowingCallable action) {
        SqlError error = Assertions.catchThrowableOfType(SqlError.class, action);
        Assertions.assertThat(error).as("the error that was to be raised").isNotNull();
        return error;
    }
}
