package dev.pglambda.database;

import dev.pglambda.handler.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/**
 * One open transaction, for {@link TransactionWork}. Its statements keep its deadline, and so do those of Micronaut
 * Data repositories that the same thread calls. Use it inside the work only, on the thread of the work.
 */
public final class Transaction {

    private final Connection connection;
    private final Deadline deadline;

    Transaction(Connection connection, Deadline deadline) {
        this.connection = connection;
        this.deadline = deadline;
    }

    /** The rows of a statement, each made into a value. Throws {@link DatabaseException}. */
    public <T> List<T> query(String sql, RowMapper<T> mapper, Object... parameters) {
        try {
            return Statements.on(connection, deadline).query(new Statements.ParameterizedSql(sql, parameters), mapper);
        } catch (SQLException e) {
            throw DatabaseException.of(e, deadline);
        }
    }

    /** Runs a statement; how many rows it changed. Throws {@link DatabaseException}. */
    public int update(String sql, Object... parameters) {
        try {
            return Statements.on(connection, deadline).update(new Statements.ParameterizedSql(sql, parameters));
        } catch (SQLException e) {
            throw DatabaseException.of(e, deadline);
        }
    }
}
