package dev.pglambda.database;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** The SQLSTATEs that this package decides by. */
final class SqlStates {

    static final String QUERY_CANCELED = "57014";
    static final String IN_FAILED_TRANSACTION = "25P02";
    static final String READ_ONLY_TRANSACTION = "25006";
    static final String TRANSACTION_RESOLUTION_UNKNOWN = "08007";
    static final String TOO_MANY_CONNECTIONS = "53300";
    static final String CONNECTION_CLOSED = "08003";
    static final String CANNOT_CONNECT = "08001";
    static final String REJECTED = "08004";
    static final String INVALID_AUTHORIZATION = "28000";
    static final String INVALID_PASSWORD = "28P01";
    static final String CONFIG_ERROR = "F0000";

    private static final String SYSTEM_ERROR = "58000";
    /** Serialization failure, deadlock, too many connections, shut down by an administrator, by a crash, starting up. */
    private static final Set<String> TRANSIENT =
            Set.of("40001", "40P01", TOO_MANY_CONNECTIONS, "57P01", "57P02", "57P03");

    private SqlStates() {}

    static String of(SQLException e) {
        return e.getSQLState() == null ? SYSTEM_ERROR : e.getSQLState();
    }

    /** Whether the same work, run again from its start, may well succeed. */
    static boolean isTransient(String sqlState) {
        return sqlState.startsWith("08") || TRANSIENT.contains(sqlState);
    }

    /** Whether the session is gone, as opposed to one transaction on it. */
    static boolean isConnectionLost(String sqlState) {
        return sqlState.startsWith("08") || sqlState.startsWith("57P0");
    }

    static boolean isRefusedPassword(SQLException e) {
        return INVALID_PASSWORD.equals(e.getSQLState()) || INVALID_AUTHORIZATION.equals(e.getSQLState());
    }

    /** The first SQLException in the chain of causes. */
    static Optional<SQLException> sqlException(Throwable failure) {
        return cause(failure, SQLException.class);
    }

    /** The first of a type in the chain of causes, the failure itself included. */
    static <T> Optional<T> cause(Throwable failure, Class<T> type) {
        int depth = 0; // chains can be circular
        for (Throwable t = failure; t != null && depth < 20; t = t.getCause(), depth++) {
            if (type.isInstance(t)) {
                return Optional.of(type.cast(t));
            }
        }
        return Optional.empty();
    }
}
