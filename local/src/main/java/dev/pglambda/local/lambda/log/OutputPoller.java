package dev.pglambda.local.lambda.log;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Reads the output of function processes every 25 ms, so that it is in the log before an invocation ends. */
public final class OutputPoller implements AutoCloseable {

    /** Short enough for a person who watches, long enough to cost nothing. */
    private static final int PAUSE_MS = 25;

    private final Set<InvocationLog> logs = ConcurrentHashMap.newKeySet();
    private final Thread thread = new Thread(this::run, "lambda-output");
    private volatile boolean closed;

    public OutputPoller() {
        thread.setDaemon(true);
        thread.start();
    }

    public void add(InvocationLog log) {
        logs.add(log);
    }

    public void remove(InvocationLog log) {
        logs.remove(log);
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        while (!closed) {
            boolean any = false;
            for (InvocationLog log : logs) {
                any |= log.drain();
            }
            pause(any ? 1 : PAUSE_MS); // a pipe holds 64 KB: a process that prints more must not wait long
        }
    }

    private static void pause(int milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // only close() does this
        }
    }
}
