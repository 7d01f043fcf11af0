package dev.pglambda.database;

import dev.pglambda.database.settings.SqlStates;
import dev.pglambda.handler.Deadline;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;

/**
 * Work with the database failed. Callers switch on {@link #sqlState()}, never on the text; the cause is always the
 * {@link SQLException}. Earlier attempts of repeatable work are the suppressed exceptions. No message holds a password.
 */
public final class DatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String sqlState;

    private DatabaseException(String sqlState, String message, SQLException cause) {
        super(message, Objects.requireNonNull(cause));
        this.sqlState = Objects.requireNonNull(sqlState);
    }

    static DatabaseException of(SQLException cause) {
        return new DatabaseException(SqlStates.of(cause), cause.getMessage(), cause);
    }

    /** As {@link #of(SQLException)}, but 57014 when the network was silent until the deadline. */
    static DatabaseException of(SQLException cause, Deadline deadline) {
        boolean silent = deadline.isExpired()
                && SqlStates.cause(cause, SocketTimeoutException.class).isPresent();
        return silent
                ? new DatabaseException(
                        SqlStates.QUERY_CANCELED, "the server did not answer before the deadline", cause)
                : of(cause);
    }

    static DatabaseException commitUnknown(SQLException cause) {
        return new DatabaseException(
                SqlStates.TRANSACTION_RESOLUTION_UNKNOWN,
                "the connection was lost during commit, so whether the transaction was committed is unknown: "
                        + cause.getMessage(),
                cause);
    }

    /** The {@link SQLException} inside an exception of a framework; empty when there is none. */
    static Optional<DatabaseException> around(Throwable wrapper) {
        return SqlStates.sqlException(wrapper).map(DatabaseException::of);
    }

    /** The five characters of the SQL standard; 58000 (system error) where the driver gave none. */
    public String sqlState() {
        return sqlState;
    }
}
