package dev.pglambda.database;

import dev.failsafe.Failsafe;
import dev.failsafe.RetryPolicy;
import dev.pglambda.database.settings.SqlStates;
import dev.pglambda.handler.Deadline;
import java.sql.SQLNonTransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs repeatable work again, from its start, when it failed for a transient reason and its deadline leaves time. */
final class TransactionRetry {

    private static final int MAX_RETRIES = 3;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1); // longer than the last pause
    private static final double JITTER = 0.25;

    private TransactionRetry() {}

    interface Attempt<T> {
        T run() throws Exception;
    }

    /** Throws what the last attempt threw, with the earlier failures as suppressed exceptions. */
    static <T> T repeatedly(Deadline deadline, Attempt<T> attempt) throws Exception {
        List<Exception> failures = new ArrayList<>();
        try {
            return Failsafe.with(policy(deadline, failures)).get(() -> recorded(attempt, failures));
        } catch (Exception e) {
            throw last(failures); // not Failsafe's, which wraps checked exceptions and replaces the last one on
            // interruption
        }
    }

    private static RetryPolicy<Object> policy(Deadline deadline, List<Exception> failures) {
        return RetryPolicy.builder()
                .withMaxRetries(MAX_RETRIES)
                .withBackoff(FIRST_PAUSE, LONGEST_PAUSE)
                .withJitter(JITTER)
                .handleIf(e -> isTransient(e) && deadline.remaining().compareTo(nextPause(failures.size())) > 0)
                .build();
    }

    private static Duration nextPause(int failures) {
        long longest = (long) (FIRST_PAUSE.toMillis() * (1 + JITTER)) << (failures - 1);
        return Duration.ofMillis(longest);
    }

    private static <T> T recorded(Attempt<T> attempt, List<Exception> failures) throws Exception {
        try {
            return attempt.run();
        } catch (Exception e) {
            failures.add(e);
            throw e;
        }
    }

    private static Exception last(List<Exception> failures) {
        Exception last = failures.remove(failures.size() - 1);
        failures.stream().filter(e -> e != last).forEach(last::addSuppressed);
        return last;
    }

    /** False for permanent failures to connect, such as a wrong certificate, although their class is 08. */
    private static boolean isTransient(Throwable failure) {
        if (SqlStates.cause(failure, SQLNonTransientException.class).isPresent()) {
            return false;
        }
        return SqlStates.cause(failure, DatabaseException.class)
                .map(DatabaseException::sqlState)
                .or(() -> SqlStates.sqlException(failure).map(SqlStates::of))
                .filter(SqlStates::isTransient)
                .isPresent();
    }
}
