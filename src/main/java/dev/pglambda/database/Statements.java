package dev.pglambda.database;

import dev.pglambda.database.connection.DeadlineConnection;
import dev.pglambda.handler.Deadline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs one statement within a deadline.
 *
 * <p>The server itself stops the statement: {@code statement_timeout} is set for the transaction, ahead of the
 * statement in the same message. That costs no round trip, needs no timer here, and leaves no setting behind on the
 * session.
 */
final class Statements {

    private static final String LIMIT = "select pg_catalog.set_config('statement_timeout', ?, true); ";

    /** For a transaction that is not ours: its own limit is restored after the statement. */
    private static final String LIMIT_AND_SAVE = """
            select pg_catalog.set_config(
                       'pglambda.statement_timeout', pg_catalog.current_setting('statement_timeout'), true),
                   pg_catalog.set_config('statement_timeout', ?, true);\s""";

    private static final String RESTORE = """

            ; select pg_catalog.set_config(
                         'statement_timeout', pg_catalog.current_setting('pglambda.statement_timeout'), true)""";

    private final Connection connection;
    private final Optional<DeadlineConnection> limited;
    private final Deadline deadline;
    private final boolean joins;

    private Statements(Connection connection, Deadline deadline, boolean joins) {
        this.limited = DeadlineConnection.behind(connection);
        this.connection = limited.map(DeadlineConnection::target).orElse(connection);
        this.deadline = deadline;
        this.joins = joins && limited.isEmpty();
    }

    /** On a connection, or in a transaction, of our own. */
    static Statements on(Connection connection, Deadline deadline) {
        return new Statements(connection, deadline, false);
    }

    /** In a transaction that other code has opened. */
    static Statements joining(Connection connection, Deadline deadline) {
        return new Statements(connection, deadline, true);
    }

    /** The text of a statement, and the values of its question marks. */
    record ParameterizedSql(String text, Object... parameters) {}

    <T> List<T> query(ParameterizedSql sql, RowMapper<T> mapper) throws SQLException {
        return run(sql, statement -> {
            if (!execute(statement)) {
                return List.of();
            }
            try (ResultSet rows = statement.getResultSet()) {
                List<T> results = new ArrayList<>();
                while (rows.next()) {
                    results.add(mapper.map(rows));
                }
                return results;
            }
        });
    }

    int update(ParameterizedSql sql) throws SQLException {
        return run(sql, statement -> {
            execute(statement);
            return Math.max(0, statement.getUpdateCount());
        });
    }

    @FunctionalInterface
    private interface Work<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    private <T> T run(ParameterizedSql sql, Work<T> work) throws SQLException {
        int outerReads = connection.getNetworkTimeout();
        DeadlineConnection.limitReads(connection, deadline);
        try (PreparedStatement statement = connection.prepareStatement(text(sql))) {
            int index = 1;
            if (deadline.isFinite()) {
                statement.setString(index++, DeadlineConnection.millis(deadline));
                limited.ifPresent(DeadlineConnection::limitChanged);
            }
            for (Object parameter : sql.parameters()) {
                statement.setObject(index++, toJdbc(parameter));
            }
            return work.with(statement);
        } finally {
            restoreReads(outerReads);
        }
    }

    private void restoreReads(int outer) throws SQLException {
        if (joins && !connection.isClosed()) {
            connection.setNetworkTimeout(Runnable::run, outer);
        }
    }

    private String text(ParameterizedSql sql) {
        if (!deadline.isFinite()) {
            return sql.text();
        }
        return joins ? LIMIT_AND_SAVE + sql.text() + RESTORE : LIMIT + sql.text();
    }

    /** True when there are rows to read. */
    private boolean execute(PreparedStatement statement) throws SQLException {
        boolean rows = statement.execute();
        return deadline.isFinite() ? statement.getMoreResults() : rows;
    }

    /** The two common types that pgjdbc does not take. */
    private static Object toJdbc(Object parameter) {
        if (parameter instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        return parameter instanceof Enum<?> constant ? constant.name() : parameter;
    }
}
