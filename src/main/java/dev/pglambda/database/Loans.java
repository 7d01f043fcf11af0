package dev.pglambda.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who took a connection from the data source, and has not closed it. A loan that lasts too long is reported once, with
 * the stack trace of where it was taken, when the pool is next asked for a connection: a timer, as HikariCP's, would not
 * run in a frozen function, and costs every call more than all the rest of this layer.
 */
final class Loans {

    private static final Logger LOG = LoggerFactory.getLogger(Loans.class);

    private final Map<Connection, Loan> open = new ConcurrentHashMap<>();
    private final Duration limit;

    Loans(Duration limit) {
        this.limit = limit;
    }

    private record Loan(long since, Throwable taken, AtomicBoolean reported) {

        boolean isOlderThan(Duration age) {
            return System.nanoTime() - since > age.toNanos();
        }
    }

    void lent(Connection connection) {
        Throwable here = new Throwable("a connection was taken here");
        open.put(connection, new Loan(System.nanoTime(), here, new AtomicBoolean()));
    }

    /** Reports what is out for too long. Costs next to nothing while nothing is out. */
    void review() {
        if (!open.isEmpty()) {
            report(limit);
        }
    }

    /** Reports everything that is out, since it is missed now. */
    void reportAll() {
        report(Duration.ZERO);
    }

    private void report(Duration age) {
        open.keySet().removeIf(Loans::isClosed);
        open.values().stream()
                .filter(loan -> loan.isOlderThan(age) && loan.reported().compareAndSet(false, true))
                .forEach(loan -> LOG.warn(
                        "A connection has been out of the pool for {} ms, perhaps leaked (DB_LEAK_TIMEOUT)",
                        Duration.ofNanos(System.nanoTime() - loan.since()).toMillis(),
                        loan.taken()));
    }

    private static boolean isClosed(Connection connection) {
        try {
            return connection.isClosed();
        } catch (SQLException e) {
            return true;
        }
    }
}
