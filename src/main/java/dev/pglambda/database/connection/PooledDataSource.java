package dev.pglambda.database.connection;

import dev.pglambda.database.settings.Settings;
import dev.pglambda.database.settings.SqlStates;
import dev.pglambda.handler.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The pool as a data source: it starts with the first request for a connection, and can be suspended for a snapshot.
 * Thread-safe. A deadline that a caller sets with {@link #within} limits the wait for a connection and its statements.
 */
public final class PooledDataSource implements PlainDataSource {

    private final Supplier<Pool> start;
    private final ThreadLocal<Deadline> current = new ThreadLocal<>();
    private final Object lock = new Object();

    private volatile Pool pool;
    private boolean suspended;
    private boolean closed;

    /** {@code start} makes a pool, or throws {@link Settings.WrongSetting}. It is called at the first use. */
    public PooledDataSource(Supplier<Pool> start) {
        this.start = start;
    }

    /** Work within a deadline. */
    @FunctionalInterface
    public interface Work<T, E extends Exception> {
        T run() throws E;
    }

    /**
     * Runs work. Connections that this thread takes during the work, also through other layers, keep this deadline, and
     * so does every statement on a connection that the thread has already.
     */
    public <T, E extends Exception> T within(Deadline deadline, Work<T, E> work) throws E {
        Deadline outer = current.get();
        current.set(deadline);
        try {
            return work.run();
        } finally {
            current.set(outer);
        }
    }

    /** The earlier of this deadline and the one that this thread is {@link #within}. */
    public Deadline earlier(Deadline deadline) {
        Deadline outer = current.get();
        return outer == null ? deadline : outer.earlier(deadline);
    }

    private Deadline currentDeadline() {
        Deadline deadline = current.get();
        return deadline == null ? Deadline.none() : deadline;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Deadline deadline = current.get();
        return deadline == null
                ? borrow(running(Deadline.none()), Deadline.none())
                : DeadlineConnection.of(getConnection(deadline), this::currentDeadline);
    }

    /** For one statement that sets its own limit. */
    public Connection getConnection(Deadline deadline) throws SQLException {
        if (deadline.isExpired()) {
            throw new SQLNonTransientConnectionException("the deadline has passed", SqlStates.QUERY_CANCELED);
        }
        Connection connection = borrow(running(deadline), deadline);
        DeadlineConnection.limitReads(connection, deadline);
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

    /** The pool, if it has been started. */
    public Optional<Pool> pool() {
        return Optional.ofNullable(pool);
    }

    /** Closes every connection, ends every thread, drops the credentials. Callers wait until {@link #resume}. */
    void suspend() {
        synchronized (lock) {
            suspended = true;
        }
        stop();
    }

    /** The next caller gets a new pool with new credentials. */
    void resume() {
        synchronized (lock) {
            suspended = false;
            lock.notifyAll();
        }
    }

    public void close() {
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
