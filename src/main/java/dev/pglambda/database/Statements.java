package dev.pglambda.database;

import dev.pglambda.handler.Deadline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/**
 * Runs one statement within a deadline.
 *
 * <p>The server itself stops the statement: {@code statement_timeout} is set for this one statement, ahead of it in the
 * same message, so it costs no round trip, needs no timer here, works through RDS Proxy (which knows no cancel requests)
 * and leaves no setting behind on the session.
 */
final class Statements {

    private static final String LIMIT = "select pg_catalog.set_config('statement_timeout', ?, true)";

    private Statements() {}

    static <T> List<T> query(Connection connection, Deadline deadline, Sql sql, RowMapper<T> mapper)
            throws SQLException {
        try (PreparedStatement statement = prepare(connection, deadline, sql)) {
            if (!execute(statement, deadline)) {
                return List.of();
            }
            try (ResultSet rows = statement.getResultSet()) {
                List<T> results = new ArrayList<>();
                while (rows.next()) {
                    results.add(mapper.map(rows));
                }
                return results;
            }
        }
    }

    static int update(Connection connection, Deadline deadline, Sql sql) throws SQLException {
        try (PreparedStatement statement = prepare(connection, deadline, sql)) {
            execute(statement, deadline);
            return Math.max(0, statement.getUpdateCount());
        }
    }

    /** Limits whatever runs in this transaction, also what others than this class run, such as repositories. */
    static void limitTransaction(Connection connection, Deadline deadline) throws SQLException {
        if (deadline.isFinite()) {
            try (PreparedStatement statement = connection.prepareStatement(LIMIT)) {
                statement.setString(1, millis(deadline));
                statement.execute();
            }
        }
    }

    /** A statement's text and what goes into its question marks. */
    record Sql(String text, Object... parameters) {}

    private static PreparedStatement prepare(Connection connection, Deadline deadline, Sql sql) throws SQLException {
        boolean limited = deadline.isFinite();
        PooledDataSource.limitReads(connection, deadline);
        PreparedStatement statement = connection.prepareStatement(limited ? LIMIT + "; " + sql.text() : sql.text());
        try {
            int index = 1;
            if (limited) {
                statement.setString(index++, millis(deadline));
            }
            for (Object parameter : sql.parameters()) {
                statement.setObject(index++, toJdbc(parameter));
            }
            return statement;
        } catch (SQLException | RuntimeException e) {
            statement.close();
            throw e;
        }
    }

    /** True when there are rows to read. */
    private static boolean execute(PreparedStatement statement, Deadline deadline) throws SQLException {
        boolean rows = statement.execute();
        return deadline.isFinite() ? statement.getMoreResults() : rows;
    }

    /** Whole milliseconds as the server takes them: at least one, since zero means no limit. */
    private static String millis(Deadline deadline) throws SQLException {
        if (deadline.isExpired()) {
            throw new SQLException("the deadline has passed", SqlStates.QUERY_CANCELED);
        }
        long millis = Math.max(1, deadline.remaining().toMillis());
        return Long.toString(Math.min(Integer.MAX_VALUE, millis));
    }

    /** pgjdbc knows every type that people use but these two. */
    private static Object toJdbc(Object parameter) {
        if (parameter instanceof Instant instant) {
            return instant.atOffset(ZoneOffset.UTC);
        }
        return parameter instanceof Enum<?> constant ? constant.name() : parameter;
    }
}
