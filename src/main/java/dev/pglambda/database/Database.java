package dev.pglambda.database;

import dev.pglambda.database.connection.Pool;
import dev.pglambda.database.connection.PooledDataSource;
import dev.pglambda.handler.Deadline;
import io.micronaut.core.propagation.PropagatedContext;
import io.micronaut.data.connection.ConnectionOperations;
import io.micronaut.data.connection.ConnectionStatus;
import io.micronaut.transaction.TransactionOperations;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Access to PostgreSQL for one piece of work at a time: connections are opened, committed and returned here, and none
 * escapes. Work ends at its deadline, on the server too.
 *
 * <p>Thread-safe. Nothing is opened, read or checked before the first use. Failures are {@link DatabaseException}s;
 * exceptions of the work itself reach its caller unchanged. Inside an open transaction of the same thread, {@link
 * #query}, {@link #update} and {@link #inTransaction} join it, and repositories join {@link #inTransaction}.
 */
public final class Database {

    private static final Duration CHECK_PATIENCE = Duration.ofSeconds(5);
    private static final String ABOUT = "select current_setting('server_version'), current_user";

    private final PooledDataSource connections;
    private final ConnectionOperations<Connection> context;
    private final TransactionOperations<Connection> transactions;
    private final boolean repeatable;

    Database(
            PooledDataSource connections,
            ConnectionOperations<Connection> context,
            TransactionOperations<Connection> transactions,
            boolean repeatable) {
        this.connections = connections;
        this.context = context;
        this.transactions = transactions;
        this.repeatable = repeatable;
    }

    /**
     * The same database for work that may run more than once: a whole transaction that fails for a transient reason (a
     * lost connection, a restart, a deadlock, a serialization failure) is run again, at most three times, within its
     * deadline. A commit whose outcome is unknown (08007) is such a reason too, so doing the work twice must be
     * harmless.
     */
    public Database repeatable() {
        return new Database(connections, context, transactions, true);
    }

    /**
     * Runs work in one transaction: its return commits, an exception rolls back. All of it keeps the deadline: the wait for a
     * connection, each statement, also of repositories, and the commit; nothing is committed afterwards. Inside an open
     * transaction of the same thread the work joins it, under the earlier of the two deadlines.
     */
    public <T, E extends Exception> T inTransaction(Deadline deadline, TransactionWork<T, E> work) throws E {
        Deadline earlier = connections.earlier(deadline);
        return attempt(earlier, () -> new DeadlineTransaction<>(work, earlier).run(connections, transactions));
    }

    /**
     * The rows of one statement, each made into a value, in one round trip. What PostgreSQL refuses inside transactions
     * (such as {@code vacuum}) needs {@link Deadline#none()}, since the deadline travels as a statement of its own.
     */
    public <T> List<T> query(Deadline deadline, String sql, RowMapper<T> mapper, Object... parameters) {
        Statements.ParameterizedSql statement = new Statements.ParameterizedSql(sql, parameters);
        return lend(deadline, statements -> statements.query(statement, mapper));
    }

    /** Runs one statement, in one round trip; how many rows it changed. As {@link #query} otherwise. */
    public int update(Deadline deadline, String sql, Object... parameters) {
        Statements.ParameterizedSql statement = new Statements.ParameterizedSql(sql, parameters);
        return lend(deadline, statements -> statements.update(statement));
    }

    /**
     * Lends a separate connection to code that needs JDBC itself. Every statement on it keeps the deadline, at the
     * price of at most one more round trip in 20 ms. The connection is in autocommit mode, and is closed here.
     *
     * @throws SQLException what the work throws, or why there is no connection
     */
    public <T> T withConnection(Deadline deadline, ConnectionWork<T> work) throws SQLException {
        Deadline earlier = connections.earlier(deadline);
        return connections.within(earlier, () -> {
            try (Connection connection = connections.getConnection()) {
                return work.with(connection);
            }
        });
    }

    /** Reads the secret, connects and loads classes, so that the first call need not. For {@code Handler.rehearse}. */
    public void warmUp(Deadline deadline) {
        query(deadline, "select 1", row -> row.getInt(1));
    }

    /** Whether the database can be used, within five seconds. Never throws. */
    public Check check() {
        return check(Deadline.of(CHECK_PATIENCE));
    }

    /** Whether the database can be used. Never throws. */
    public Check check(Deadline deadline) {
        long start = System.nanoTime();
        try {
            String detail = query(deadline, ABOUT, row -> "PostgreSQL " + row.getString(1) + ", " + row.getString(2))
                    .get(0);
            return checked(start, Optional.empty(), detail);
        } catch (DatabaseException e) {
            return checked(start, Optional.of(e.sqlState()), e.getMessage());
        } catch (RuntimeException e) {
            return checked(start, Optional.of("58000"), e.toString());
        }
    }

    private Check checked(long start, Optional<String> sqlState, String detail) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        int active = connections.pool().map(Pool::active).orElse(0);
        int idle = connections.pool().map(Pool::idle).orElse(0);
        return new Check(sqlState.isEmpty(), took, sqlState, detail, active, idle);
    }

    /** Drops the cached secret: the next new connection reads it again. Open connections stay. */
    public void forgetCredentials() {
        connections.pool().ifPresent(Pool::forgetCredentials);
    }

    /** Closes every connection. Later work fails with 08003. Harmless when repeated. */
    public void close() {
        connections.close();
    }

    private interface StatementWork<T> {
        T with(Statements statements) throws SQLException;
    }

    private <T> T lend(Deadline deadline, StatementWork<T> work) {
        Deadline earlier = connections.earlier(deadline);
        return this.<T, RuntimeException>attempt(earlier, () -> {
            try {
                Optional<ConnectionStatus<Connection>> joined = joined();
                if (joined.isPresent()) {
                    return work.with(Statements.joining(joined.get().getConnection(), earlier));
                }
                try (Connection connection = connections.getConnection(earlier)) {
                    return work.with(Statements.on(connection, earlier));
                }
            } catch (SQLException e) {
                throw DatabaseException.of(e, earlier);
            }
        });
    }

    /** The open connection of this thread. Most threads have none, and Micronaut's answer takes a while. */
    private Optional<ConnectionStatus<Connection>> joined() {
        return PropagatedContext.exists() ? context.findConnectionStatus() : Optional.empty();
    }

    /** Work that joined a transaction is not repeated alone: only the whole transaction can be. */
    @SuppressWarnings("unchecked") // attempts throw nothing checked but what the work declares
    private <T, E extends Exception> T attempt(Deadline deadline, TransactionRetry.Attempt<T> attempt) throws E {
        try {
            return repeatable && joined().isEmpty() ? TransactionRetry.repeatedly(deadline, attempt) : attempt.run();
        } catch (Exception e) {
            throw (E) e;
        }
    }
}
