package dev.pglambda.bench.cold;

import dev.pglambda.local.lambda.runtime.ProcessUnderTest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * One process to measure.
 *
 * @param name its name in the table
 * @param builder makes its process, to be started under Lambda's runtime API
 * @param call the event of its calls
 */
record Variant(String name, Supplier<ProcessBuilder> builder, String call) {

    private static final String SNAP_START = "snap-start";

    /** The same variant, started by another command that limits it. */
    Variant behind(List<String> prefix) {
        return new Variant(
                name,
                () -> {
                    ProcessBuilder limited = builder.get();
                    List<String> command = new ArrayList<>(prefix);
                    command.addAll(limited.command());
                    return limited.command(command);
                },
                call);
    }

    /** Starts the process once: milliseconds until its first answer, and its memory at that time. */
    Start startOnce() throws IOException, InterruptedException {
        try (ProcessUnderTest process = ProcessUnderTest.start("bench", builder.get())) {
            String answer = process.call(call);
            double milliseconds = process.elapsed().toNanos() / 1e6;
            if (!answer.contains("\"result\"")) {
                throw new IllegalStateException(name + " answered " + answer);
            }
            return new Start(milliseconds, megabytes(process.pid()));
        }
    }

    /**
     * Milliseconds of the first call after initialization: from the restore with SnapStart, from the event without. What
     * Lambda's own restoring of memory takes is not in it.
     */
    double firstCallOnce() throws IOException, InterruptedException {
        ProcessBuilder starting = builder.get();
        boolean snapStart = SNAP_START.equals(starting.environment().get("AWS_LAMBDA_INITIALIZATION_TYPE"));
        try (ProcessUnderTest process = ProcessUnderTest.start("bench", starting)) {
            process.awaitInitialized();
            long begin = System.nanoTime();
            if (snapStart) {
                process.restore();
            }
            String answer = process.call(call);
            double milliseconds = (System.nanoTime() - begin) / 1e6;
            if (!answer.contains("\"result\"")) {
                throw new IllegalStateException(name + " answered " + answer);
            }
            return milliseconds;
        }
    }

    /** What one start took. */
    record Start(double milliseconds, double megabytes) {}

    /** Calls a warm process: microseconds of each of the last calls, and its memory at the end. */
    Warm callWarm(int warmUp, int calls) throws IOException, InterruptedException {
        try (ProcessUnderTest process = ProcessUnderTest.start("bench", builder.get())) {
            for (int i = 0; i < warmUp; i++) {
                process.call(call);
            }
            List<Double> microseconds = new ArrayList<>(calls);
            long begin = System.nanoTime();
            for (int i = 0; i < calls; i++) {
                long start = System.nanoTime();
                process.call(call);
                microseconds.add((System.nanoTime() - start) / 1e3);
            }
            double perSecond = calls / ((System.nanoTime() - begin) / 1e9);
            return new Warm(Series.of(microseconds), perSecond, megabytes(process.pid()));
        }
    }

    /** The measurements of a warm process. */
    record Warm(Series microseconds, double callsPerSecond, double megabytes) {}

    /** The peak memory of the process; 0 where the system does not tell it. */
    private static double megabytes(long pid) throws IOException {
        Path status = Path.of("/proc/" + pid + "/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToDouble(line -> Integer.parseInt(line.replaceAll("\\D", "")) / 1024.0)
                .findFirst()
                .orElse(0);
    }
}
