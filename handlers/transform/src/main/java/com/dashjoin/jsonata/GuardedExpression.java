package com.dashjoin.jsonata;

import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.OutOfTime;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * A compiled JSONata expression whose evaluation ends at a deadline, whatever it does. Thread-safe.
 *
 * <p>In the library's package because three things can be reached from here only: the regular expressions of the parsed
 * expression, which are put under guard; the instance by which {@code $now()} and {@code $millis()} know the time, else that
 * of the last compilation; and the copy that each evaluation works on.
 */
public final class GuardedExpression {

    /** How many steps are made between two looks at the clock. */
    private static final int STRIDE = 64;

    private final Jsonata expression;

    private GuardedExpression(Jsonata expression) {
        this.expression = expression;
    }

    /** Compiles an expression; throws {@link JException} with the place of a mistake. */
    public static GuardedExpression compile(String source) {
        try {
            return new GuardedExpression(new Jsonata(source));
        } finally {
            Jsonata.current.remove();
        }
    }

    /**
     * The value of the expression for an input, in the library's types.
     *
     * @throws OutOfTime at the deadline
     * @throws TooDeep when it nests more evaluations than allowed
     * @throws JException when it cannot be evaluated
     */
    public Object value(Object input, Map<String, Object> bindings, Deadline deadline, int deepest) {
        Jsonata instance = new Jsonata(expression);
        // The library would write into what it was given.
        instance.setOutputConvertNulls(false);
        Jsonata.Frame frame = new Jsonata.Frame(null);
        bindings.forEach(frame::bind);
        Guard guard = new Guard(deadline, deepest);
        frame.setEvaluateEntryCallback((symbol, in, environment) -> guard.enter(symbol));
        frame.setEvaluateExitCallback((symbol, in, environment, result) -> guard.leave());
        GuardedRegex.bindFunctions(frame);
        Jsonata.current.set(instance);
        GuardedRegex.endAt(deadline);
        try {
            return instance.evaluate(input, frame);
        } catch (RuntimeException e) {
            OutOfTime.check(deadline); // some of the library's functions catch it and say something else
            throw e;
        } finally {
            GuardedRegex.endWhenDone();
            Jsonata.current.remove();
        }
    }

    /** The evaluation nests deeper than is allowed, and is on its way to the end of the stack. */
    public static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooDeep() {
            super("too deep", null, false, false);
        }
    }

    private static final class Guard {
        private final Deadline deadline;
        private final int deepest;
        private int depth;
        private int steps;

        Guard(Deadline deadline, int deepest) {
            this.deadline = deadline;
            this.deepest = deepest;
        }

        void enter(Parser.Symbol symbol) {
            if (++steps % STRIDE == 0) {
                OutOfTime.check(deadline);
            }
            if (++depth > deepest) {
                throw new TooDeep();
            }
            if ("regex".equals(symbol.type) && symbol.value instanceof Pattern pattern) {
                symbol.value = new GuardedRegex(pattern);
            }
        }

        void leave() {
            depth--;
        }
    }
}
