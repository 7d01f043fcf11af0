package dev.pglambda.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.ValidationMessage;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.OutOfTime;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A schema that is ready to check items. Thread-safe.
 *
 * <p>The library copies what a reference leads to for each way that leads there. Kept, the copies make a recursive schema
 * fast, and fill the memory when the ways are many; made anew each time, they are slow and leave nothing. So they are kept
 * until a number of steps has been made, and not at all for an item that takes more than that.
 */
final class CompiledSchema {

    /** Some 10 MB of copies at most, and thousands of items of the usual size. */
    private static final long STEPS = 100_000;

    private final Supplier<JsonSchema> remembering;
    private final JsonSchema forgetful;
    private final boolean refers;

    private JsonSchema current;
    private long steps;

    /**
     * A schema in both forms.
     *
     * @param remembering makes the form that keeps what references lead to
     * @param forgetful the form that does not
     * @param refers whether there are references: without, both forms are the same
     */
    CompiledSchema(Supplier<JsonSchema> remembering, JsonSchema forgetful, boolean refers) {
        this.remembering = remembering;
        this.forgetful = forgetful;
        this.refers = refers;
    }

    /** Everything that is wrong with the item; {@link OutOfTime} when that cannot be said in time. */
    Set<ValidationMessage> check(JsonNode item, boolean assertFormat, Deadline deadline) {
        RunDeadline.endAt(deadline);
        try {
            if (!refers) {
                return check(forgetful, item, new TimedExecution(deadline, assertFormat, Long.MAX_VALUE));
            }
            var bounded = new TimedExecution(deadline, assertFormat, STEPS);
            try {
                return check(current(), item, bounded);
            } catch (TimedExecution.TooManySteps e) {
                return check(forgetful, item, new TimedExecution(deadline, assertFormat, Long.MAX_VALUE));
            } finally {
                made(bounded.steps());
            }
        } finally {
            RunDeadline.endWhenDone();
        }
    }

    private static Set<ValidationMessage> check(JsonSchema schema, JsonNode item, TimedExecution execution) {
        return schema.validate(execution, item, OutputFormat.DEFAULT);
    }

    private synchronized JsonSchema current() {
        if (current == null) {
            current = remembering.get();
        }
        return current;
    }

    private synchronized void made(long more) {
        steps += more;
        if (steps > STEPS) {
            current = null;
            steps = 0;
        }
    }
}
