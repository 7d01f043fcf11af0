package dev.pglambda.database.connection;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.SQLExceptionOverride;
import com.zaxxer.hikari.pool.HikariPool;
import dev.pglambda.database.credentials.CredentialSource;
import dev.pglambda.database.settings.Settings;
import dev.pglambda.database.settings.SqlStates;
import dev.pglambda.handler.Deadline;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * One HikariCP pool and its source of connections. Threads and connections exist from construction to {@link
 * #shutdown}.
 *
 * <p>HikariPool and not HikariDataSource, because only the former lets each caller choose how long to wait.
 */
public final class Pool {

    /** How long the test of an idle connection may take when the server does not answer. */
    private static final Duration VALIDATION_TIMEOUT = Duration.ofMillis(500);

    private static final Duration SLICE = Duration.ofMillis(50);

    private final PoolSettings settings;
    private final ConnectionRetry connections;
    private final HikariPool hikari;
    private volatile boolean stopped;

    /** Starts a pool; {@link Settings.WrongSetting} when a setting is missing or wrong. Connects to nothing yet. */
    public static Pool start(Settings settings, Supplier<CredentialSource> source) {
        PoolSettings pool = PoolSettings.from(settings);
        Connector connector = new Connector(Tls.of(settings), pool.connectionTimeout());
        return new Pool(pool, new ConnectionRetry(source.get(), connector));
    }

    Pool(PoolSettings settings, ConnectionRetry connections) {
        this.settings = settings;
        this.connections = connections;
        this.hikari = new HikariPool(config());
    }

    PoolSettings settings() {
        return settings;
    }

    /** A connection of the pool, or a new one, within {@code patience}. Permanent failures are thrown at once. */
    Connection borrow(Deadline patience) throws SQLException {
        long since = System.nanoTime();
        connections.expect(patience);
        while (true) {
            try {
                return hikari.getConnection(slice(patience).toMillis());
            } catch (SQLTransientConnectionException e) {
                if (stopped) {
                    throw new SQLNonTransientConnectionException("the pool was closed", SqlStates.CONNECTION_CLOSED, e);
                }
                Optional<SQLException> failure = connections.failureSince(since);
                if (failure.filter(ConnectFailure::isPermanent).isPresent() || patience.isExpired()) {
                    throw failure.map(ConnectFailure::again).orElseGet(() -> nothingFree(e));
                }
            }
        }
    }

    /** An empty pool is asked in short steps, to see failures that HikariCP reports only at its time-out. */
    private Duration slice(Deadline patience) {
        Duration left = patience.remaining();
        boolean whole = hikari.getTotalConnections() > 0 || left.compareTo(SLICE) < 0;
        return whole ? left.plusMillis(1) : SLICE;
    }

    private SQLException nothingFree(SQLException timeout) {
        if (hikari.getTotalConnections() < settings.max()) {
            return new SQLTransientConnectionException(
                    "no connection could be made in time: " + connections.stage() + " did not answer",
                    SqlStates.CANNOT_CONNECT,
                    timeout);
        }
        return new SQLTransientConnectionException(
                "no connection became free in time: all " + settings.max() + " are in use (DB_POOL_MAX)",
                SqlStates.TOO_MANY_CONNECTIONS,
                timeout);
    }

    public void forgetCredentials() {
        connections.forgetCredentials();
    }

    HikariPool hikari() {
        return hikari;
    }

    public int active() {
        return hikari.getActiveConnections();
    }

    public int idle() {
        return hikari.getIdleConnections();
    }

    private HikariConfig config() {
        HikariConfig config = new HikariConfig();
        config.setPoolName("pglambda");
        config.setDataSource(connections);
        config.setMaximumPoolSize(settings.max());
        config.setMinimumIdle(0);
        config.setInitializationFailTimeout(-1);
        config.setConnectionTimeout(settings.connectionTimeout().toMillis());
        config.setValidationTimeout(Math.min(
                VALIDATION_TIMEOUT.toMillis(), settings.connectionTimeout().toMillis()));
        config.setIdleTimeout(settings.idleTimeout().toMillis());
        config.setKeepaliveTime(0); // off, because a frozen function runs no timer
        config.setExceptionOverride(new DropReaders());
        config.validate();
        return config;
    }

    /** Closes all connections, also those in use. Blocks until that is done, for some seconds at most. */
    void shutdown() {
        stopped = true;
        connections.stop();
        try {
            hikari.shutdown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** After a failover, a session with the former writer is read-only, so its connection is not used again. */
    private static final class DropReaders implements SQLExceptionOverride {
        @java.lang.Override
        public Override adjudicate(SQLException e) {
            return SqlStates.READ_ONLY_TRANSACTION.equals(e.getSQLState())
                    ? Override.MUST_EVICT
                    : Override.CONTINUE_EVICT;
        }
    }
}
