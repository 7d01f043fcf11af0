package com.dashjoin.jsonata;

import com.dashjoin.jsonata.Parser.Symbol;
import dev.pglambda.handler.Pace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One evaluation of an expression, with what the library would get wrong: numbers compare by every digit, and no copy of a
 * value loses one. Used once, by one thread.
 *
 * <p>The library evaluates every part of an expression by a method of its own, which may be overridden inside its package.
 */
final class Evaluation extends TimedEvaluation {

    /** An evaluation of the expression that nests no deeper than so many steps. */
    Evaluation(Jsonata expression, Pace pace, int deepest) {
        super(expression, pace, deepest);
    }

    /** The one that this thread is in the middle of. */
    static Evaluation current() {
        return (Evaluation) Jsonata.current.get();
    }

    @Override
    Object evaluateEqualityExpression(Object one, Object other, String operator) {
        if (one == null || other == null) {
            return false;
        }
        return operator.equals("=") == Values.equal(one, other, pace());
    }

    @Override
    Object evaluateComparisonExpression(Object one, Object other, String operator) {
        if (!(one instanceof Number a && other instanceof Number b)) {
            return super.evaluateComparisonExpression(one, other, operator);
        }
        int order = ExactNumber.compare(a, b);
        return switch (operator) {
            case "<" -> order < 0;
            case "<=" -> order <= 0;
            case ">" -> order > 0;
            default -> order >= 0;
        };
    }

    /** Evaluates each term once for each element, where the library does for each comparison. */
    @Override
    Object evaluateSortExpression(Symbol expr, Object input, Frame environment) {
        List<?> list = (List<?>) input;
        if (list.size() <= 1) {
            return list;
        }
        boolean tuples = input instanceof Utils.JList<?> flagged && flagged.tupleStream;
        List<SortEntry> entries = new ArrayList<>(list.size());
        for (Object element : list) {
            Frame frame = tuples ? createFrameFromTuple(environment, tuple(element)) : environment;
            Object context = tuples ? tuple(element).get("@") : element;
            List<Object> keys = new ArrayList<>(expr.terms.size());
            expr.terms.forEach(term -> keys.add(evaluate(term.expression, context, frame)));
            entries.add(new SortEntry(element, keys));
        }
        entries.sort((one, other) -> one.order(other, expr, pace()));
        List<Object> sorted = new ArrayList<>(entries.size());
        entries.forEach(entry -> sorted.add(entry.element));
        return sorted;
    }

    @SuppressWarnings("unchecked") // an element of a stream of tuples
    private static Map<String, Object> tuple(Object element) {
        return (Map<String, Object>) element;
    }

    /** Changes a copy, in which no number has lost a digit. */
    @Override
    Object evaluateTransformExpression(Symbol expr, Object input, Frame environment) {
        return new JFunction(
                (context, args) -> args.get(0) == null ? null : changed(copy(args.get(0)), expr, environment),
                "<(oa):o>");
    }

    @SuppressWarnings("unchecked") // objects are maps by name
    private Object changed(Object copy, Symbol expr, Frame environment) {
        for (Object match : list(evaluate(expr.pattern, copy, environment))) {
            Object update = evaluate(expr.update, match, environment);
            if (update != null && !(update instanceof Map)) {
                throw new JException("T2011", expr.update.position, update);
            }
            if (update != null && match instanceof Map) {
                ((Map<String, Object>) match).putAll((Map<String, Object>) update);
            }
            if (expr.delete != null) {
                Object names = evaluate(expr.delete, match, environment);
                if (names != null && !Utils.isArrayOfStrings(list(names))) {
                    throw new JException("T2012", expr.delete.position, names);
                }
                if (match instanceof Map<?, ?> object) {
                    list(names).forEach(object::remove);
                }
            }
        }
        return copy;
    }

    private static List<?> list(Object value) {
        return value == null ? List.of() : value instanceof List<?> list ? list : List.of(value);
    }

    /** The value of an expression that an expression has made. */
    Object evaluate(String source, Object focus) {
        Object context = focus == null ? input : focus;
        if (context instanceof List && !Utils.isSequence(context)) {
            Utils.JList<Object> wrapper = (Utils.JList<Object>) Utils.createSequence(context);
            wrapper.outerWrapper = true;
            context = wrapper;
        }
        Symbol parsed;
        try {
            parsed = GuardedParser.parsed(source);
        } catch (ExactNumber.LostDigits e) {
            throw e;
        } catch (RuntimeException e) { // the library also reads on behind the end
            throw new JException(e, "D3120", -1, e.getMessage(), null);
        }
        try {
            return evaluate(parsed, context, environment);
        } catch (JException e) {
            throw new JException(e, "D3121", -1, e.getMessage(), null);
        }
    }

    /** Binds what was left out to nothing; the library would leave it open, or find a variable of that name. */
    @Override
    Object partialApplyProcedure(Symbol function, List<Symbol> args) {
        Symbol partial = (Symbol) super.partialApplyProcedure(function, args);
        List<?> values = args; // whatever the library says that they are
        List<Symbol> open = new ArrayList<>();
        for (int i = 0; i < function.arguments.size(); i++) {
            Symbol parameter = function.arguments.get(i);
            Object arg = i < values.size() ? values.get(i) : null;
            if (arg instanceof Symbol symbol && "operator".equals(symbol.type) && "?".equals(symbol.value)) {
                open.add(parameter);
            } else if (arg == null) {
                partial.environment.bind((String) parameter.value, (Object) null);
            }
        }
        partial.arguments = open;
        return partial;
    }

    /** An element of a list, and what its place in the order depends on. */
    private record SortEntry(Object element, List<Object> keys) {

        int order(SortEntry other, Symbol expr, Pace pace) {
            pace.step();
            for (int i = 0; i < keys.size(); i++) {
                Object one = keys.get(i);
                Object two = other.keys.get(i);
                int order = one == null || two == null
                        ? Boolean.compare(one == null, two == null) // last, in either direction
                        : Values.order(one, two, expr.position) * (expr.terms.get(i).descending ? -1 : 1);
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        }
    }
}
