package dev.pglambda.local;

import dev.pglambda.local.postgres.LocalPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Delivers the durable calls of a database every second, over one connection, as pg_cron does on RDS. Goes on after a
 * failure, which it tells once. {@link #close} ends it at once: what it has claimed would come back after its lease.
 */
final class DurableCallDelivery implements AutoCloseable {

    static final String NAME = "deliverer";

    private final LocalPostgres postgres;
    private final String database;
    private final Consumer<String> progress;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, NAME);
    private Connection connection;
    private String lastFailure = "";

    private DurableCallDelivery(LocalPostgres postgres, String database, Consumer<String> progress) {
        this.postgres = postgres;
        this.database = database;
        this.progress = progress;
    }

    /** Begins at once. */
    static DurableCallDelivery start(LocalPostgres postgres, String database, Consumer<String> progress) {
        DurableCallDelivery deliverer = new DurableCallDelivery(postgres, database, progress);
        deliverer.thread.setDaemon(true);
        deliverer.thread.start();
        return deliverer;
    }

    @Override
    public void close() {
        closed.countDown();
        disconnect();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            do {
                deliver();
            } while (!closed.await(1, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            disconnect();
        }
    }

    private void deliver() {
        try (Statement statement = connected().createStatement()) {
            statement.execute("call lambda.deliver()");
            lastFailure = "";
        } catch (SQLException e) {
            disconnect();
            boolean isNew = !lastFailure.equals(e.getMessage());
            if (isNew && closed.getCount() > 0) {
                progress.accept("durable calls wait: " + e.getMessage().replaceAll("\\s+", " "));
            }
            lastFailure = String.valueOf(e.getMessage());
        }
    }

    /** Not while closing: nobody would end a connection that is made afterwards. */
    private synchronized Connection connected() throws SQLException {
        if (closed.getCount() == 0) {
            throw new SQLException("closed");
        }
        if (connection == null) {
            connection = postgres.connectAsMaster(database);
            try (Statement statement = connection.createStatement()) {
                statement.execute("set application_name = '" + NAME + "'");
            }
        }
        return connection;
    }

    /** Does not wait for a statement that runs. */
    private synchronized void disconnect() {
        if (connection != null) {
            try {
                connection.abort(Runnable::run);
            } catch (SQLException e) {
                System.getLogger(NAME).log(System.Logger.Level.DEBUG, "not disconnected", e);
            }
            connection = null;
        }
    }
}
