package dev.pglambda.local.lambda;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The log of one environment: what its process prints, and Lambda's lines around each invocation. Thread-safe.
 *
 * <p>The output is not read by a thread that waits for it, but polled: only so is it certain, at the end of an
 * invocation, that everything printed during it is in the log.
 */
final class InvocationLog {

    /** As in CloudWatch, a longer line is several events. */
    private static final int MAX_LINE = 262_144;

    private static final byte[] NOTHING = {};

    private final String functionName;
    private final InputStream output;
    private final LogSink sink;
    private final LogTail tail = new LogTail();
    private final byte[] buffer = new byte[65_536];
    private byte[] partial = NOTHING;

    InvocationLog(String functionName, InputStream output, LogSink sink) {
        this.functionName = functionName;
        this.output = output;
        this.sink = sink;
    }

    /** Starts the tail anew. */
    synchronized void start(String line) {
        drain();
        endLine();
        tail.clear();
        line(line);
    }

    /** Closes with Lambda's lines and returns the tail. */
    synchronized String end(String... lines) {
        drain();
        endLine();
        for (String line : lines) {
            line(line);
        }
        return tail.base64();
    }

    /** One of Lambda's lines, after all that the process has printed. */
    synchronized void line(String line) {
        drain();
        endLine();
        byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        tail.append(bytes, 0, bytes.length);
        sink.line(functionName, line);
    }

    /** Takes in what the process has printed so far; tells whether there was anything. Never waits. */
    synchronized boolean drain() {
        boolean any = false;
        try {
            while (output.available() > 0) {
                take(buffer, output.read(buffer, 0, Math.min(buffer.length, output.available())));
                any = true;
            }
        } catch (IOException e) {
            // the process is gone, and what it printed has been read
        }
        return any;
    }

    /** Something that was logged without a process. */
    synchronized void print(byte[] bytes) {
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
        sink.line(functionName, new String(line, StandardCharsets.UTF_8));
    }

    private byte[] joined(byte[] bytes, int start, int end) {
        if (start == end) {
            return partial;
        }
        byte[] all = Arrays.copyOf(partial, partial.length + end - start);
        System.arraycopy(bytes, start, all, partial.length, end - start);
        return all;
    }

    /** What has no line end yet is a line of its own, as each write is an event on Lambda. */
    private void endLine() {
        if (partial.length > 0) {
            tail.append(new byte[] {'\n'}, 0, 1);
            emit(partial);
        }
    }
}
