package dev.pglambda.database.settings;

import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** The SQLSTATEs that the database layer distinguishes. */
public final class SqlStates {

    public static final String QUERY_CANCELED = "57014";
    public static final String IN_FAILED_TRANSACTION = "25P02";
    public static final String READ_ONLY_TRANSACTION = "25006";
    public static final String TRANSACTION_RESOLUTION_UNKNOWN = "08007";
    public static final String TOO_MANY_CONNECTIONS = "53300";
    public static final String CONNECTION_CLOSED = "08003";
    public static final String CANNOT_CONNECT = "08001";
    public static final String REJECTED = "08004";
    public static final String INVALID_AUTHORIZATION = "28000";
    public static final String INVALID_PASSWORD = "28P01";
    public static final String CONFIG_ERROR = "F0000";

    private static final String SYSTEM_ERROR = "58000";
    /** Serialization failure, deadlock, too many connections, shut down by an administrator, by a crash, starting up. */
    private static final Set<String> TRANSIENT =
            Set.of("40001", "40P01", TOO_MANY_CONNECTIONS, "57P01", "57P02", "57P03");

    private SqlStates() {}

    public static String of(SQLException e) {
        return e.getSQLState() == null ? SYSTEM_ERROR : e.getSQLState();
    }

    /** Whether the same work, run again from its start, may succeed. */
    public static boolean isTransient(String sqlState) {
        return sqlState.startsWith("08") || TRANSIENT.contains(sqlState);
    }

    /** Whether the session is lost, and not only its transaction. */
    public static boolean isConnectionLost(String sqlState) {
        return sqlState.startsWith("08") || sqlState.startsWith("57P0");
    }

    public static boolean isRefusedPassword(SQLException e) {
        return INVALID_PASSWORD.equals(e.getSQLState()) || INVALID_AUTHORIZATION.equals(e.getSQLState());
    }

    /** The first SQLException in the chain of causes. */
    public static Optional<SQLException> sqlException(Throwable failure) {
        return cause(failure, SQLException.class);
    }

    /** The first of a type in the chain of causes, the failure itself included. */
    public static <T> Optional<T> cause(Throwable failure, Class<T> type) {
        int depth = 0; // chains can be circular
        for (Throwable t = failure; t != null && depth < 20; t = t.getCause(), depth++) {
            if (type.isInstance(t)) {
                return Optional.of(type.cast(t));
            }
        }
        return Optional.empty();
    }
}
