package dev.pglambda.validate;

import dev.pglambda.handler.Deadline;

/** Ends work that the call no longer waits for, from deep inside the schema library. Carries no stack trace. */
final class OutOfTime extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private OutOfTime() {
        super("out of time", null, false, false);
    }

    static void check(Deadline deadline) {
        if (deadline.isExpired()) {
            throw new OutOfTime();
        }
    }
}
