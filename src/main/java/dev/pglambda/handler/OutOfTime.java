package dev.pglambda.handler;

/** Ends work that the call no longer waits for, from deep inside a library. Carries no stack trace. */
public final class OutOfTime extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private OutOfTime() {
        super("out of time", null, false, false);
    }

    /** Goes on while there is time. */
    public static void check(Deadline deadline) {
        if (deadline.isExpired()) {
            throw new OutOfTime();
        }
    }
}
