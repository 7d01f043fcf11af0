package dev.pglambda.local.lambda;

import java.time.Duration;
import java.util.Optional;

/** The lines that Lambda writes around the log of an invocation. */
final class Report {

    private Report() {}

    static String start(Invocation invocation) {
        return "START RequestId: " + invocation.id() + " Version: " + invocation.version();
    }

    static String end(Invocation invocation) {
        return "END RequestId: " + invocation.id();
    }

    /**
     * @param usedMb 0 when not known
     * @param init when this was the environment's first invocation
     * @param status {@code timeout} or {@code error}, if it ended so
     */
    static String report(
            Invocation invocation,
            FunctionDefinition definition,
            Duration taken,
            int usedMb,
            Optional<Duration> init,
            Optional<String> status) {
        return "REPORT RequestId: " + invocation.id()
                + "\tDuration: " + milliseconds(taken)
                + " ms\tBilled Duration: " + (taken.toNanos() + 999_999) / 1_000_000
                + " ms\tMemory Size: " + definition.memoryMb()
                + " MB\tMax Memory Used: " + (usedMb == 0 ? definition.memoryMb() : usedMb)
                + " MB\t"
                + init.map(time -> "Init Duration: " + milliseconds(time) + " ms\t")
                        .orElse("")
                + status.map(value -> "Status: " + value).orElse("");
    }

    /** With two places, rounded down; written by hand, for String.format takes as long as a small function. */
    private static String milliseconds(Duration duration) {
        long hundredths = duration.toNanos() / 10_000;
        long places = hundredths % 100;
        return hundredths / 100 + (places < 10 ? ".0" : ".") + places;
    }
}
