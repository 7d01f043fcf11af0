package com.dashjoin.jsonata;

import dev.pglambda.handler.Pace;
import java.util.Map;

/**
 * A compiled JSONata expression whose evaluation ends at a deadline, whatever it does. Thread-safe.
 *
 * <p>In the library's package, as all that stands there of ours, because the steps of an evaluation and of a parser can be
 * overridden from there only.
 */
public final class GuardedExpression {

    private final Jsonata expression;

    private GuardedExpression(Jsonata expression) {
        this.expression = expression;
    }

    /**
     * Compiles an expression.
     *
     * @throws JException with the place of a mistake
     */
    public static GuardedExpression compile(String source) {
        GuardedParser.use();
        try {
            return new GuardedExpression(new Jsonata(source));
        } finally {
            Jsonata.current.remove();
        }
    }

    /**
     * The value of the expression for an input, in the library's types. Input and bindings are made of {@link TimedList} and
     * {@link TimedMap}, and can be changed by the expression.
     *
     * @throws dev.pglambda.handler.OutOfTime at the deadline
     * @throws Failed when it cannot be evaluated
     */
    public Object value(Object input, Map<String, Object> bindings, Pace pace, int deepest) {
        Jsonata.Frame frame = new Jsonata.Frame(null);
        bindings.forEach(frame::bind);
        GuardedParser.use();
        Evaluation evaluation = new Evaluation(expression, pace, deepest);
        Jsonata.current.set(evaluation);
        try {
            return evaluation.evaluate(input, frame);
        } catch (RuntimeException e) {
            pace.check(); // some of the library's functions catch what ends an evaluation, and say something else
            throw new Failed(e, evaluation.failurePlace().of(e));
        } finally {
            Jsonata.current.remove();
        }
    }

    /** An evaluation failed, for the reason that is the cause. */
    public static final class Failed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final int place;

        Failed(RuntimeException cause, int place) {
            super(null, cause, false, false);
            this.place = place;
        }

        /** After which character of the expression; 0 when that is not known. */
        public int place() {
            return place;
        }
    }

    /** The evaluation nests deeper than is allowed, and is on its way to the end of the stack. */
    public static final class TooDeep extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooDeep() {
            super("too deep", null, false, false);
        }
    }
}
