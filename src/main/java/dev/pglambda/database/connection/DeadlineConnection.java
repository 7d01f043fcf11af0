package dev.pglambda.database.connection;

import dev.pglambda.database.settings.SqlStates;
import dev.pglambda.handler.Deadline;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A connection on which every statement and the commit keep a deadline: before each, {@code statement_timeout} is set
 * to the time that is left, unless it was set less than 20 ms ago. Nothing is committed after the deadline.
 *
 * <p>The deadline may change while the connection is in use: work that joins a transaction may have an earlier one.
 * Like other connections not thread-safe.
 */
public final class DeadlineConnection implements InvocationHandler {

    /** How old the server's limit may be: setting it costs a round trip. */
    private static final long FRESH_NANOS = Duration.ofMillis(20).toNanos();

    /**
     * Reads end so long after the deadline, so that the server's own time-out, which keeps the session, comes first.
     */
    private static final Duration NETWORK_GRACE = Duration.ofMillis(200);

    private final Connection target;
    private final Supplier<Deadline> current;
    private Deadline told;
    private long toldAt;
    private boolean sessionLimited;

    private DeadlineConnection(Connection target, Supplier<Deadline> current) {
        this.target = target;
        this.current = current;
    }

    /** The connection with a deadline that the supplier gives for each statement. */
    static Connection of(Connection target, Supplier<Deadline> current) {
        return (Connection) Proxy.newProxyInstance(
                DeadlineConnection.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                new DeadlineConnection(target, current));
    }

    /** The object behind a connection of {@link #of}; empty for other connections. */
    public static Optional<DeadlineConnection> behind(Connection connection) {
        return Proxy.isProxyClass(connection.getClass())
                        && Proxy.getInvocationHandler(connection) instanceof DeadlineConnection limited
                ? Optional.of(limited)
                : Optional.empty();
    }

    /** The connection itself, for a statement that sets its own limit. */
    public Connection target() {
        return target;
    }

    /** Notes that a statement has set another limit. The next statement without its own limit sets it again. */
    public void limitChanged() {
        told = null;
    }

    /** Limits every read from the connection, until it is returned to the pool. */
    public static void limitReads(Connection connection, Deadline deadline) throws SQLException {
        if (deadline.isFinite()) {
            long millis = deadline.remaining().plus(NETWORK_GRACE).toMillis();
            connection.setNetworkTimeout(Runnable::run, (int) Math.min(Integer.MAX_VALUE, millis));
        }
    }

    /** Whole milliseconds as the server takes them: at least one, since zero means no limit. */
    public static String millis(Deadline deadline) throws SQLException {
        if (deadline.isExpired()) {
            throw new SQLException("the deadline has passed", SqlStates.QUERY_CANCELED);
        }
        long millis = Math.max(1, deadline.remaining().toMillis());
        return Long.toString(Math.min(Integer.MAX_VALUE, millis));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        String name = method.getName();
        if (name.equals("rollback") || name.equals("close")) {
            limitReads(target, current.get());
        } else if (name.equals("commit") && !target.getAutoCommit()) {
            limit();
        }
        if (name.equals("close") && sessionLimited && !target.isClosed()) {
            reset();
        }
        try {
            Object result = method.invoke(target, arguments);
            return result instanceof Statement statement
                    ? DeadlineStatement.of(statement, method.getReturnType(), this)
                    : result;
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    Deadline deadline() {
        return current.get();
    }

    /** Tells the server how much time is left; 57014 when there is none. */
    void limit() throws SQLException {
        Deadline deadline = deadline();
        if (!deadline.isFinite() && told == null) {
            return;
        }
        String millis = millis(deadline);
        boolean fresh = deadline == told && System.nanoTime() - toldAt < FRESH_NANOS;
        if (fresh) {
            return;
        }
        limitReads(target, deadline);
        boolean local = !target.getAutoCommit();
        sessionLimited |= !local;
        // Not set_config: a query would fix the isolation level, which the work may want to set first.
        try (Statement statement = target.createStatement()) {
            statement.execute((local ? "set local" : "set") + " statement_timeout = " + millis);
        }
        told = deadline;
        toldAt = System.nanoTime();
    }

    private void reset() throws SQLException {
        if (!target.getAutoCommit()) {
            target.rollback();
        }
        try (Statement statement = target.createStatement()) {
            statement.execute("reset statement_timeout");
        }
    }
}
