package dev.pglambda.database;

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
 * PostgreSQL, lent for one piece of work at a time: connections are opened, committed and given back here, and none
 * escapes. Work ends at its deadline, on the server too.
 *
 * <p>Thread-safe. Nothing is opened, read or checked before the first use. Failures are {@link DatabaseException}s;
 * what work itself throws reaches its caller as it is. Inside an open transaction of the same thread, everything here
 * joins it, and repositories join {@link #inTransaction}.
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
     * The same database for work that may run more than once: a whole transaction that fails for a passing reason (a lost
     * connection, a restart, a deadlock, a serialization failure) is run again, at most three times, within its deadline.
     * A commit whose outcome got lost (08007) is such a reason too, so the work must bear being done twice.
     */
    public Database repeatable() {
        return new Database(connections, context, transactions, true);
    }

    /** Runs work in one transaction: its return commits, an exception rolls back. Costs one round trip to begin. */
    public <T, E extends Exception> T inTransaction(Deadline deadline, TransactionWork<T, E> work) throws E {
        return attempt(deadline, () -> new OneTransaction<>(work, deadline).run(connections, transactions));
    }

    /**
     * The rows of one statement, each made into a value, in one round trip. What PostgreSQL refuses inside transactions
     * (such as {@code vacuum}) needs {@link Deadline#none()}, since the deadline travels as a statement of its own.
     */
    public <T> List<T> query(Deadline deadline, String sql, RowMapper<T> mapper, Object... parameters) {
        Statements.Sql statement = new Statements.Sql(sql, parameters);
        return attempt(deadline, () -> lend(deadline, c -> Statements.query(c, deadline, statement, mapper)));
    }

    /** Runs one statement, in one round trip; how many rows it changed. As {@link #query} otherwise. */
    public int update(Deadline deadline, String sql, Object... parameters) {
        Statements.Sql statement = new Statements.Sql(sql, parameters);
        return attempt(deadline, () -> lend(deadline, c -> Statements.update(c, deadline, statement)));
    }

    /** Does now what the first call would have to do: reads the secret, connects, loads classes. For priming. */
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

    private interface Loan<T> {
        T use(Connection connection) throws SQLException;
    }

    private <T> T lend(Deadline deadline, Loan<T> loan) {
        try {
            Optional<ConnectionStatus<Connection>> joined = joined();
            if (joined.isPresent()) {
                return loan.use(joined.get().getConnection());
            }
            try (Connection connection = connections.getConnection(deadline)) {
                return loan.use(connection);
            }
        } catch (SQLException e) {
            throw DatabaseException.of(e, deadline);
        }
    }

    /** The open connection of this thread. Most threads have none, and Micronaut takes its time to say so. */
    private Optional<ConnectionStatus<Connection>> joined() {
        return PropagatedContext.exists() ? context.findConnectionStatus() : Optional.empty();
    }

    /** Work that joined a transaction is part of it, and only the whole can be repeated. */
    @SuppressWarnings("unchecked") // attempts throw nothing checked but what the work declares
    private <T, E extends Exception> T attempt(Deadline deadline, Attempts.Attempt<T> attempt) throws E {
        try {
            return repeatable && joined().isEmpty() ? Attempts.repeatedly(deadline, attempt) : attempt.run();
        } catch (Exception e) {
            throw (E) e;
        }
    }
}
