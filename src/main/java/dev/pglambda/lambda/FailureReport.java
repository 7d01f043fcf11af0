package dev.pglambda.lambda;

import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.SqlState;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Writes failures that callers get as errors to the function's log and metrics. Thread-safe. */
final class FailureReport {

    private static final Logger LOG = LoggerFactory.getLogger(FailureReport.class);

    /** CloudWatch's embedded metric format: CloudWatch Logs makes a metric of the line. */
    private static final String METRIC = """
            {"_aws":{"Timestamp":%d,"CloudWatchMetrics":[{"Namespace":"pglambda","Dimensions":[["Function"]],\
            "Metrics":[{"Name":"FailedItems","Unit":"Count"}]}]},"Function":"%s","FailedItems":%d}""";

    private final String function;

    FailureReport(String function) {
        this.function =
                Optional.ofNullable(System.getenv("AWS_LAMBDA_FUNCTION_NAME")).orElse(function);
    }

    /**
     * Logs the first failure that has a cause, since the caller does not see the cause. At DEBUG, unless the failure is
     * a bug: the cause of a caller's mistake can repeat the item.
     */
    void log(List<HandlerException> failures) {
        List<HandlerException> caused =
                failures.stream().filter(failure -> failure.getCause() != null).toList();
        if (!caused.isEmpty()) {
            HandlerException first = caused.get(0);
            LOG.atLevel(isBug(first) ? Level.ERROR : Level.DEBUG)
                    .setCause(first.getCause())
                    .log(
                            "{} ({}); failures with a cause in this call: {}",
                            first.getMessage(),
                            first.sqlState(),
                            caused.size());
        }
    }

    /** Counts bugs that failed single items of a batch: Lambda's own metric counts only invocations that fail. */
    void count(List<HandlerException> failures) {
        long bugs = failures.stream().filter(FailureReport::isBug).count();
        if (bugs > 0) {
            System.out.println(METRIC.formatted(Instant.now().toEpochMilli(), function, bugs));
        }
    }

    private static boolean isBug(HandlerException failure) {
        return failure.sqlState().equals(SqlState.EXTERNAL_ROUTINE_EXCEPTION);
    }
}
