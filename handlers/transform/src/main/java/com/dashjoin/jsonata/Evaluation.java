package com.dashjoin.jsonata;

import com.dashjoin.jsonata.Parser.Symbol;
import com.dashjoin.jsonata.Utils.RangeList;
import dev.pglambda.handler.Pace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * One evaluation of an expression, which ends at a deadline whatever it does: each step looks at the clock, and so does each
 * value that a step makes. Used once, by one thread.
 *
 * <p>The library evaluates every part of an expression by a method of its own, which may be overridden inside its package:
 * where values are made, compared and changed, this class says how.
 */
final class Evaluation extends Jsonata {

    private final Pace pace;
    private final int deepest;
    private int depth;

    private Throwable failure;
    private int place;

    /** An evaluation of the expression that nests no deeper than so many steps. */
    Evaluation(Jsonata expression, Pace pace, int deepest) {
        super(expression);
        this.pace = pace;
        this.deepest = deepest;
        environment = GuardedFunctions.FRAME;
        // The library would write into what it was given.
        setOutputConvertNulls(false);
        setValidateInput(false);
    }

    /** The one that this thread is in the middle of. */
    static Evaluation current() {
        return (Evaluation) Jsonata.current.get();
    }

    Pace pace() {
        return pace;
    }

    /** Where in the expression the failure came up, as the end of a token; 0 for one that this evaluation has not seen. */
    int place(Throwable e) {
        return isKnown(e) ? place : 0;
    }

    @Override
    Object _evaluate(Symbol expr, Object input, Frame environment) {
        pace.step();
        if (++depth > deepest) {
            throw new GuardedExpression.TooDeep();
        }
        try {
            return timed(super._evaluate(expr, input, environment));
        } catch (RuntimeException e) {
            locate(e, expr);
            throw e;
        } finally {
            depth--;
        }
    }

    /** Remembers the innermost part that failed, and says so where the library has not. */
    private void locate(RuntimeException e, Symbol expr) {
        if (isKnown(e)) {
            return;
        }
        failure = e;
        place = expr.position;
        // Functions have no way to know it, and some give another number instead.
        if (e instanceof JException mistake && (mistake.location <= 0 || "function".equals(expr.type))) {
            mistake.location = place;
        }
    }

    private boolean isKnown(Throwable e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause == failure) {
                return true;
            }
        }
        return false;
    }

    private Object timed(Object value) {
        if (value instanceof List<?> list && !(value instanceof TimedList) && !(value instanceof RangeList)) {
            return new TimedList(list, pace);
        }
        return value;
    }

    /** A value as deep as it goes in lists and objects that look at the clock, none of them shared with it. */
    Object copy(Object value) {
        pace.step();
        if (value instanceof List<?> list) {
            TimedList copy = new TimedList(list.size(), pace);
            list.forEach(element -> copy.add(copy(element)));
            return copy;
        }
        if (value instanceof Map<?, ?> object) {
            TimedMap copy = new TimedMap(pace);
            object.forEach((name, member) -> copy.put((String) name, copy(member)));
            return copy;
        }
        return value;
    }

    /** Not made by the parser, which serializes parts of what it has read. */
    @Override
    Object evaluateRegex(Symbol expr) {
        if (expr.value instanceof Pattern pattern) {
            expr.value = new GuardedRegex(pattern);
        }
        return expr.value;
    }

    @Override
    Object evaluateRangeExpression(Object first, Object last) {
        Object range = super.evaluateRangeExpression(first, last);
        return range == null ? null : new TimedRange((RangeList) range, pace);
    }

    @Override
    @SuppressWarnings("unchecked") // the library's objects
    Object evaluateGroupExpression(Symbol expr, Object input, Frame environment) {
        // The library would add an element to the list that it was given.
        Object items = input instanceof List<?> list && list.isEmpty() ? Utils.createSequence() : input;
        return new TimedMap((Map<String, Object>) super.evaluateGroupExpression(expr, items, environment), pace);
    }

    @Override
    Object evaluateWildcard(Symbol expr, Object input) {
        Object context =
                input instanceof Utils.JList<?> list && list.outerWrapper && !list.isEmpty() ? list.get(0) : input;
        List<Object> found = Utils.createSequence();
        Iterable<?> members = context instanceof Map<?, ?> object
                ? object.values()
                : context instanceof List<?> list ? list : List.of();
        for (Object member : members) {
            pace.step();
            if (member instanceof List) {
                found.addAll((List<?>) flatten(member, null));
            } else {
                found.add(member);
            }
        }
        return found;
    }

    /** One object for a group of tuples, with the list of values under each name: linear, where the library copies each time. */
    @Override
    @SuppressWarnings("unchecked") // tuples are maps by name
    Object reduceTupleStream(Object tuples) {
        if (!(tuples instanceof List)) {
            return tuples;
        }
        Map<String, Object> reduced = new LinkedHashMap<>();
        for (Map<String, Object> tuple : (List<Map<String, Object>>) tuples) {
            pace.step();
            tuple.forEach((name, value) -> {
                if (value != null) {
                    reduced.merge(name, value, Evaluation::appended);
                }
            });
        }
        return reduced;
    }

    @SuppressWarnings("unchecked") // a list of its own
    private static Object appended(Object values, Object more) {
        List<Object> all = values instanceof Gathered ? (List<Object>) values : new Gathered();
        if (all != values) {
            add(all, values);
        }
        add(all, more);
        return all;
    }

    private static void add(List<Object> all, Object values) {
        if (values instanceof List<?> list) {
            all.addAll(list);
        } else {
            all.add(values);
        }
    }

    @Override
    Object evaluateEqualityExpression(Object one, Object other, String operator) {
        if (one == null || other == null) {
            return false;
        }
        return operator.equals("=") == Values.equal(one, other, pace);
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
        entries.sort((one, other) -> one.order(other, expr, pace));
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
            if (arg instanceof Symbol symbol
                    && "operator".equals(symbol.type)
                    && "?".equals(String.valueOf(symbol.value))) {
                open.add(parameter);
            } else if (arg == null) {
                partial.environment.bind((String) parameter.value, (Object) null);
            }
        }
        partial.arguments = open;
        return partial;
    }

    @Override
    Object evaluateStringConcat(Object one, Object other) {
        String text = (String) super.evaluateStringConcat(one, other);
        if (text.length() > GuardedTexts.WIDEST) {
            throw new JException("D1001", -1, text.length());
        }
        return text;
    }

    @Override
    Object applyInner(Object function, Object args, Object input, Object environment) {
        pace.step();
        if (!isFunctionLike(function) && !(function instanceof JLambda)) {
            throw new JException("T1006", -1); // the library prints what it was
        }
        return super.applyInner(function, args, input, environment);
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

    /** Values under one name of many tuples. */
    private static final class Gathered extends Utils.JList<Object> {
        private static final long serialVersionUID = 1L;
    }
}
