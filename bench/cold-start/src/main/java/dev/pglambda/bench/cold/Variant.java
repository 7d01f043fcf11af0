package dev.pglambda.bench.cold;

import dev.pglambda.local.lambda.runtime.ProcessUnderTest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One thing to measure.
 *
 * @param name what it is called in the table
 * @param process makes its process, to be started under Lambda's runtime API
 * @param call what it is called with
 */
record Variant(String name, Supplier<ProcessBuilder> process, String call) {

    /** The same with its command behind another, which limits it. */
    Variant behind(List<String> prefix) {
        return new Variant(
                name,
                () -> {
                    ProcessBuilder builder = process.get();
                    List<String> command = new ArrayList<>(prefix);
                    command.addAll(builder.command());
                    return builder.command(command);
                },
                call);
    }

    /** Starts it once: milliseconds from the start of the process to its first answer, and its memory then. */
    Start startOnce() throws IOException, InterruptedException {
        try (ProcessUnderTest trial = ProcessUnderTest.start("bench", process.get())) {
            String answer = trial.call(call);
            double milliseconds = trial.elapsed().toNanos() / 1e6;
            if (!answer.contains("\"result\"")) {
                throw new IllegalStateException(name + " answered " + answer);
            }
            return new Start(milliseconds, trial.residentKilobytes() / 1024.0);
        }
    }

    /** What one start took. */
    record Start(double milliseconds, double megabytes) {}

    /** Calls a warm process: microseconds of each of the last calls, and its memory at the end. */
    Warm callWarm(int warmUp, int calls) throws IOException, InterruptedException {
        try (ProcessUnderTest trial = ProcessUnderTest.start("bench", process.get())) {
            for (int i = 0; i < warmUp; i++) {
                trial.call(call);
            }
            List<Double> microseconds = new ArrayList<>(calls);
            long begin = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                long start = System.nanoTime();
                trial.call(call);
                microseconds.add((System.nanoTime() - start) / 1e3);
            }
            double perSecond = calls / ((System.nanoTime() - begin) / 1e9);
            return new Warm(Series.of(microseconds), perSecond, trial.residentKilobytes() / 1024.0);
        }
    }

    /** How it is when it is warm. */
    record Warm(Series microseconds, double callsPerSecond, double megabytes) {}
}
