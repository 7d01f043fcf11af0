package dev.pglambda.database;

import dev.pglambda.handler.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The pool as a data source: it starts with the first connection asked for, and can be put to sleep for a checkpoint.
 * Thread-safe. Deadlines that callers set with {@link #within} bound both the wait for a connection and every read from it.
 */
final class PooledDataSource implements PlainDataSource {

    /** How long after the deadline the network gives up: the server's own time-out, which keeps the session, goes first. */
    private static final Duration NETWORK_GRACE = Duration.ofMillis(200);

    private final Supplier<Pool> start;
    private final ThreadLocal<Deadline> current = new ThreadLocal<>();
    private final Object lock = new Object();

    private volatile Pool pool;
    private boolean suspended;
    private boolean closed;

    /** {@code start} makes a pool, or throws {@link Settings.WrongSetting}. It is called at the first use, not before. */
    PooledDataSource(Supplier<Pool> start) {
        this.start = start;
    }

    /** Connections that this thread takes meanwhile, through whatever layer, obey this deadline. */
    <T> T within(Deadline deadline, Supplier<T> work) {
        Deadline outer = current.get();
        current.set(deadline);
        try {
            return work.get();
        } finally {
            current.set(outer);
        }
    }

    /** For borrowers who may forget to close, so that they are watched; except {@link #within} a deadline, for us. */
    @Override
    public Connection getConnection() throws SQLException {
        Deadline deadline = current.get();
        if (deadline != null) {
            return getConnection(deadline);
        }
        Pool running = running(Deadline.none());
        Connection connection = borrow(running, Deadline.none());
        running.loans().lent(connection);
        return connection;
    }

    /** For those who are sure to close. */
    Connection getConnection(Deadline deadline) throws SQLException {
        if (deadline.isExpired()) {
            throw new SQLNonTransientConnectionException("the deadline has passed", SqlStates.QUERY_CANCELED);
        }
        Connection connection = borrow(running(deadline), deadline);
        limitReads(connection, deadline);
        return connection;
    }

    private static Connection borrow(Pool running, Deadline deadline) throws SQLException {
        return running.borrow(deadline.atMost(running.settings().connectionTimeout()));
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new SQLNonTransientConnectionException(
                "credentials come from the settings", SqlStates.INVALID_AUTHORIZATION);
    }

    /** No read on this connection lasts much longer than the deadline, until it goes back to the pool. */
    static void limitReads(Connection connection, Deadline deadline) throws SQLException {
        if (deadline.isFinite()) {
            long millis = deadline.remaining().plus(NETWORK_GRACE).toMillis();
            connection.setNetworkTimeout(Runnable::run, (int) Math.min(Integer.MAX_VALUE, millis));
        }
    }

    private Pool running(Deadline deadline) throws SQLException {
        Pool running = pool;
        return running == null ? started(deadline) : running;
    }

    private Pool started(Deadline deadline) throws SQLException {
        synchronized (lock) {
            awaitResume(deadline);
            if (closed) {
                throw new SQLNonTransientConnectionException("the database is closed", SqlStates.CONNECTION_CLOSED);
            }
            if (pool == null) {
                try {
                    pool = start.get();
                } catch (Settings.WrongSetting e) {
                    throw new SQLNonTransientConnectionException(e.getMessage(), SqlStates.CONFIG_ERROR, e);
                }
            }
            return pool;
        }
    }

    private void awaitResume(Deadline deadline) throws SQLException {
        try {
            while (suspended && !deadline.isExpired()) {
                lock.wait(Math.min(1000, deadline.remaining().toMillis() + 1));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (suspended) {
            throw new SQLNonTransientConnectionException(
                    "the database is suspended for a checkpoint", SqlStates.QUERY_CANCELED);
        }
    }

    /** The pool, if it runs. */
    Optional<Pool> pool() {
        return Optional.ofNullable(pool);
    }

    /** Closes every connection, ends every thread, forgets the credentials; whoever asks now waits for {@link #resume}. */
    void suspend() {
        synchronized (lock) {
            suspended = true;
        }
        stop();
    }

    /** The next one who asks gets a fresh pool with fresh credentials. */
    void resume() {
        synchronized (lock) {
            suspended = false;
            lock.notifyAll();
        }
    }

    void close() {
        synchronized (lock) {
            closed = true;
        }
        stop();
    }

    private void stop() {
        Pool stopped;
        synchronized (lock) {
            stopped = pool;
            pool = null;
        }
        if (stopped != null) {
            stopped.shutdown();
        }
    }
}
