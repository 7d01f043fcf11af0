package dev.pglambda.validate;

import com.networknt.schema.JsonSchemaException;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.OutOfTime;
import dev.pglambda.handler.Pace;

/** When the work of this thread with a schema must be done: for what the library calls without saying for whom. */
final class RunDeadline {

    private static final ThreadLocal<Pace> CURRENT = ThreadLocal.withInitial(() -> new Pace(Deadline.none()));

    private RunDeadline() {}

    /** What this thread does from now on must be done by then. */
    static void endAt(Deadline deadline) {
        CURRENT.set(new Pace(deadline));
    }

    /** This thread may take as long as it needs. */
    static void endWhenDone() {
        CURRENT.remove();
    }

    static Deadline current() {
        return CURRENT.get().deadline();
    }

    /** Goes on while there is time and room; for what takes no longer than a look at the clock. */
    static void step() {
        try {
            CURRENT.get().step();
        } catch (OutOfTime e) {
            throw wrapped(e);
        }
    }

    /** Goes on while there is time and room; for what takes longer. */
    static void check() {
        try {
            CURRENT.get().check();
        } catch (OutOfTime e) {
            throw wrapped(e);
        }
    }

    /** As the one kind of exception that the library passes on without a line in the log. */
    static JsonSchemaException wrapped(OutOfTime e) {
        return new JsonSchemaException(e);
    }
}
