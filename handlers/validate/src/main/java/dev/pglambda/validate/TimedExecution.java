package dev.pglambda.validate;

import com.networknt.schema.ExecutionConfig;
import com.networknt.schema.ExecutionContext;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.Pace;
import java.util.Locale;

/**
 * One run of a schema over one item, which ends at the deadline: a schema of a few lines can branch into more steps than
 * there is time for. The library asks for the configuration at every keyword, so that is where the steps are counted.
 */
final class TimedExecution extends ExecutionContext {

    private final Pace pace;
    private final long most;
    private long steps;

    /** A run that ends at the deadline, and with {@link TooManySteps} after that many of them. */
    TimedExecution(Deadline deadline, boolean assertFormat, long most) {
        super(config(assertFormat));
        this.pace = new Pace(deadline);
        this.most = most;
    }

    private static ExecutionConfig config(boolean assertFormat) {
        var config = new ExecutionConfig();
        config.setLocale(Locale.ROOT);
        config.setFormatAssertionsEnabled(assertFormat);
        config.setAnnotationCollectionEnabled(false);
        return config;
    }

    @Override
    public ExecutionConfig getExecutionConfig() {
        pace.step();
        if (++steps > most) {
            throw new TooManySteps();
        }
        return super.getExecutionConfig();
    }

    /** How much has been done: a handful per keyword. */
    long steps() {
        return steps;
    }

    /** The run has made as many steps as it may. */
    static final class TooManySteps extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooManySteps() {
            super("too many steps", null, false, false);
        }
    }
}
