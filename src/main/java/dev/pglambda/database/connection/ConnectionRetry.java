package dev.pglambda.database.connection;

import dev.pglambda.database.credentials.CredentialSource;
import dev.pglambda.database.credentials.Credentials;
import dev.pglambda.database.settings.SqlStates;
import dev.pglambda.handler.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Opens physical connections with the current credentials, for HikariCP and on its thread.
 *
 * <p>Tries again as long as a caller waits: the restart of a server and the rotation of a password are over soon, and
 * HikariCP's own back-off (up to 5 s) would outlast most deadlines. A permanent failure ends it at once.
 */
final class ConnectionRetry implements PlainDataSource {

    private static final long FIRST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 400;
    /**
     * How long a permanent failure is repeated: some waiting callers have not seen it yet, and HikariCP asks again at
     * once.
     */
    private static final long PERMANENT_NANOS = Duration.ofMillis(100).toNanos();

    private static final Duration ROUNDING = Duration.ofMillis(100);

    private final CredentialSource source;
    private final Connector connector;
    private final Object lock = new Object();

    private volatile Deadline lastWaiter = Deadline.of(Duration.ZERO);
    private SQLException lastFailure;
    private long lastFailureAt;
    private boolean stopped;
    private volatile String stage = "the first connection";

    ConnectionRetry(CredentialSource source, Connector connector) {
        this.source = source;
        this.connector = connector;
    }

    /**
     * Tells that a caller waits for a connection until then. Called for every connection, so it rarely takes the lock.
     */
    void expect(Deadline waiter) {
        if (isLater(waiter)) {
            synchronized (lock) {
                if (isLater(waiter)) { // another thread may have set a later one
                    lastWaiter = Deadline.of(waiter.remaining().plus(ROUNDING));
                }
            }
        }
    }

    private boolean isLater(Deadline waiter) {
        return waiter.remaining().compareTo(lastWaiter.remaining()) > 0;
    }

    /** The last failure to connect, unless it is older than {@code since} or a connection was made afterwards. */
    Optional<SQLException> failureSince(long since) {
        synchronized (lock) {
            return Optional.ofNullable(lastFailure).filter(e -> lastFailureAt - since >= 0);
        }
    }

    void forgetCredentials() {
        source.forget();
    }

    /** Ends a running attempt between two tries; later ones fail. */
    void stop() {
        synchronized (lock) {
            stopped = true;
            lock.notifyAll();
        }
    }

    /** What the connection that is being opened waits for, for a message. */
    String stage() {
        return stage;
    }

    @Override
    public Connection getConnection() throws SQLException {
        Optional<SQLException> standing =
                failureSince(System.nanoTime() - PERMANENT_NANOS).filter(ConnectFailure::isPermanent);
        if (standing.isPresent()) {
            throw standing.get();
        }
        for (long pause = FIRST_PAUSE_MILLIS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MILLIS)) {
            try {
                Connection connection = connect(lastWaiter);
                failed(null);
                return connection;
            } catch (SQLException e) {
                failed(e);
                if (ConnectFailure.isPermanent(e) || !pause(pause)) {
                    throw e;
                }
            }
        }
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        return getConnection();
    }

    private Connection connect(Deadline waiter) throws SQLException {
        stage = "the credentials";
        Credentials credentials = source.current(waiter);
        stage = "the server " + credentials.server();
        try {
            return connector.open(credentials, waiter);
        } catch (SQLException e) {
            if (!SqlStates.isRefusedPassword(e)) {
                throw e;
            }
            if (!source.reject(credentials)) {
                throw connector.failure(e, credentials);
            }
            throw refused(credentials, e); // the next try asks for the credentials again
        }
    }

    private SQLException refused(Credentials refused, SQLException e) {
        return new SQLTransientConnectionException(
                "cannot connect to " + refused.server() + " as " + refused.user() + " with " + source.described() + ": "
                        + e.getMessage(),
                e.getSQLState(),
                e);
    }

    /** A try that the deadline has cut off says less than the one before it, and does not replace it. */
    private void failed(SQLException e) {
        synchronized (lock) {
            boolean cutOff = e != null && lastWaiter.isExpired() && !ConnectFailure.isPermanent(e);
            if (!cutOff || lastFailure == null) {
                lastFailure = e;
                lastFailureAt = System.nanoTime();
            }
        }
    }

    /** False when no caller would wait that long. */
    private boolean pause(long millis) {
        long jittered = millis / 2 + ThreadLocalRandom.current().nextLong(millis);
        synchronized (lock) {
            if (stopped || lastWaiter.remaining().toMillis() <= jittered) {
                return false;
            }
            try {
                lock.wait(jittered);
                return !stopped;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
