package dev.pglambda.database;

import dev.pglambda.database.connection.PooledDataSource;
import dev.pglambda.database.settings.SqlStates;
import dev.pglambda.handler.Deadline;
import io.micronaut.transaction.TransactionDefinition;
import io.micronaut.transaction.TransactionOperations;
import io.micronaut.transaction.TransactionStatus;
import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * One run of work in one of Micronaut's transactions, so that repositories join it. Used once.
 *
 * <p>Keeps the exception of the work: when a connection is lost, Micronaut throws that of the failed rollback instead.
 */
final class DeadlineTransaction<T, E extends Exception> {

    private final TransactionWork<T, E> work;
    private final Deadline deadline;
    private Throwable thrown;
    private boolean finished;

    DeadlineTransaction(TransactionWork<T, E> work, Deadline deadline) {
        this.work = work;
        this.deadline = deadline;
    }

    T run(PooledDataSource connections, TransactionOperations<Connection> transactions) throws Exception {
        try {
            return connections.within(
                    deadline, () -> transactions.execute(TransactionDefinition.DEFAULT, this::workIn));
        } catch (RuntimeException e) {
            throw thrown == null ? translated(e) : rethrown();
        }
    }

    private T workIn(TransactionStatus<Connection> status) throws Exception {
        try {
            Connection connection = status.getConnection();
            T result = work.run(new Transaction(connection, deadline));
            refuseSilentRollback(connection);
            finished = true;
            return result;
        } catch (Throwable e) {
            thrown = e;
            throw e;
        }
    }

    /** After a failed statement the server rolls back instead of committing, and the driver throws no exception. */
    private static void refuseSilentRollback(Connection connection) {
        try {
            if (connection.unwrap(BaseConnection.class).getTransactionState() == TransactionState.FAILED) {
                throw new SQLException(
                        "a statement of this transaction has failed, so it cannot be committed",
                        SqlStates.IN_FAILED_TRANSACTION);
            }
        } catch (SQLException e) {
            throw DatabaseException.of(e);
        }
    }

    private Exception rethrown() {
        if (thrown instanceof Error error) {
            throw error;
        }
        return (Exception) thrown;
    }

    /**
     * A failure of Micronaut at begin or commit. After a lost connection it is that of the rollback, often without
     * SQLSTATE.
     */
    private RuntimeException translated(RuntimeException e) {
        SQLException cause = SqlStates.sqlException(e).orElse(null);
        if (cause == null) {
            return e;
        }
        boolean lost = cause.getSQLState() == null || SqlStates.isConnectionLost(cause.getSQLState());
        return finished && lost ? DatabaseException.commitUnknown(cause) : DatabaseException.of(cause, deadline);
    }
}
