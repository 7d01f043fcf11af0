package dev.pglambda.local;

import dev.pglambda.local.postgres.LocalPostgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Delivers the durable calls of a database every second, as pg_cron does on RDS. After a failure, which it reports
 * once, it continues. {@link #close} ends it at once: calls that it has claimed are due again after their lease.
 */
final class DurableCallDelivery implements AutoCloseable {

    static final String NAME = "deliverer";

    private final LocalPostgres postgres;
    private final String database;
    private final Consumer<String> progress;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread thread = new Thread(this::run, NAME);
    private volatile Connection connection;
    private String lastFailure = "";

    private DurableCallDelivery(LocalPostgres postgres, String database, Consumer<String> progress) {
        this.postgres = postgres;
        this.database = database;
        this.progress = progress;
    }

    /** Begins at once. */
    static DurableCallDelivery start(LocalPostgres postgres, String database, Consumer<String> progress) {
        DurableCallDelivery delivery = new DurableCallDelivery(postgres, database, progress);
        delivery.thread.setDaemon(true);
        delivery.thread.start();
        return delivery;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            while (thread.isAlive()) {
                abort();
                thread.join(10); // it may be connecting
            }
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
        }
    }

    private void deliver() {
        try (Connection session = postgres.connectAsMaster(database);
                Statement statement = session.createStatement()) {
            connection = session;
            statement.execute("set application_name = '" + NAME + "'");
            statement.execute("call pglambda.deliver()");
            lastFailure = "";
        } catch (SQLException e) {
            if (!lastFailure.equals(e.getMessage()) && closed.getCount() > 0) {
                progress.accept(
                        "durable calls are not delivered: " + e.getMessage().replaceAll("\\s+", " "));
            }
            lastFailure = String.valueOf(e.getMessage());
        }
    }

    /** Does not wait for a statement that runs. */
    private void abort() {
        try {
            if (connection != null) {
                connection.abort(Runnable::run);
            }
        } catch (SQLException e) {
            System.getLogger(NAME).log(System.Logger.Level.DEBUG, "not disconnected", e);
        }
    }
}
