package dev.pglambda.validate;

import com.networknt.schema.JsonSchemaException;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.OutOfTime;

/** When the work of this thread with a schema must be done: for what the library calls without saying for whom. */
final class RunDeadline {

    private static final ThreadLocal<Deadline> CURRENT = ThreadLocal.withInitial(Deadline::none);

    private RunDeadline() {}

    /** What this thread does from now on must be done by then. */
    static void endAt(Deadline deadline) {
        CURRENT.set(deadline);
    }

    /** This thread may take as long as it needs. */
    static void endWhenDone() {
        CURRENT.remove();
    }

    static Deadline current() {
        return CURRENT.get();
    }

    /** Goes on while there is time. */
    static void check() {
        try {
            OutOfTime.check(CURRENT.get());
        } catch (OutOfTime e) {
            throw wrapped(e);
        }
    }

    /** As the one kind of exception that the library passes on without a line in the log. */
    static JsonSchemaException wrapped(OutOfTime e) {
        return new JsonSchemaException(e);
    }
}
