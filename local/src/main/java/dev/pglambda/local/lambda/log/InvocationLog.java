package dev.pglambda.local.lambda.log;

import dev.pglambda.function.FunctionDescription;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The log of one environment: what its process prints, and the lines that Lambda writes around each invocation. One
 * invocation at a time. Thread-safe.
 *
 * <p>The output is polled instead of being read by a thread that waits for it: so everything that was printed during an
 * invocation is in the log when the invocation ends.
 */
public final class InvocationLog {

    /** As in CloudWatch, a longer line is several events. */
    private static final int MAX_LINE = 262_144;

    private static final byte[] NOTHING = {};

    private final FunctionDescription function;
    private final InputStream output;
    private final LogSink sink;
    private final LogTail tail = new LogTail();
    private final byte[] buffer = new byte[65_536];
    private byte[] partial = NOTHING;
    private long startedAt = System.nanoTime();
    private String initDuration = "";

    public InvocationLog(FunctionDescription function, InputStream output, LogSink sink) {
        this.function = function;
        this.output = output;
        this.sink = sink;
    }

    /** The environment is ready for its first invocation. */
    public synchronized void initialized() {
        initDuration = "Init Duration: " + millisecondsSinceStart() + " ms\t";
    }

    /** An invocation begins: writes START and clears the tail. */
    public synchronized void start(String requestId, String version) {
        flush();
        tail.clear();
        startedAt = System.nanoTime();
        line("START RequestId: " + requestId + " Version: " + version);
    }

    /**
     * The invocation has ended: writes END and REPORT.
     *
     * @param status how it ended, if neither with a reply nor with an error that the function reported
     * @return the tail of the log in base64
     */
    public synchronized String end(String requestId, Optional<String> status) {
        String duration = millisecondsSinceStart();
        line("END RequestId: " + requestId);
        line("REPORT RequestId: " + requestId + "\tDuration: " + duration + " ms\tMemory Size: " + function.memoryMb()
                + " MB\t" + initDuration
                + status.map(value -> "Status: " + value).orElse(""));
        initDuration = "";
        return tail.base64();
    }

    /** A line of Lambda's, after everything that the process has printed. */
    public synchronized void line(String line) {
        flush();
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        tail.append(bytes, 0, bytes.length);
        sink.line(function.name(), line);
    }

    /** Takes over what the process has printed, also a last line without an end. */
    public synchronized void flush() {
        drain();
        endLine();
    }

    /** Takes over the lines that the process has printed; returns whether it had printed anything. Never waits. */
    public synchronized boolean drain() {
        boolean any = false;
        try {
            while (output.available() > 0) {
                take(buffer, output.read(buffer, 0, Math.min(buffer.length, output.available())));
                any = true;
            }
        } catch (IOException e) {
            // The process has ended, and what it printed has been read.
        }
        return any;
    }

    /** Adds what was logged without a process. */
    public synchronized void print(byte[] bytes) {
        take(bytes, bytes.length);
    }

    private void take(byte[] bytes, int count) {
        tail.append(bytes, 0, count);
        int start = 0;
        for (int i = 0; i < count; i++) {
            if (bytes[i] == '\n') {
                emit(joined(bytes, start, i));
                start = i + 1;
            }
        }
        partial = joined(bytes, start, count);
        if (partial.length > MAX_LINE) {
            endLine();
        }
    }

    private void emit(byte[] line) {
        partial = NOTHING;
        sink.line(function.name(), new String(line, StandardCharsets.UTF_8));
    }

    private byte[] joined(byte[] bytes, int start, int end) {
        if (start == end) {
            return partial;
        }
        byte[] all = Arrays.copyOf(partial, partial.length + end - start);
        System.arraycopy(bytes, start, all, partial.length, end - start);
        return all;
    }

    /** Output without a line end becomes a line: on Lambda each write is an event. */
    private void endLine() {
        if (partial.length > 0) {
            tail.append(new byte[] {'\n'}, 0, 1);
            emit(partial);
        }
    }

    private String millisecondsSinceStart() {
        return String.format(Locale.ROOT, "%.2f", (System.nanoTime() - startedAt) / 1e6);
    }
}
