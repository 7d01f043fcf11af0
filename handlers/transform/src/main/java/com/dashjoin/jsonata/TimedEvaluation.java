package com.dashjoin.jsonata;

import com.dashjoin.jsonata.Parser.Symbol;
import com.dashjoin.jsonata.Utils.RangeList;
import dev.pglambda.handler.Pace;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * An evaluation of the library's that ends at a deadline whatever it does: each step looks at the clock, and so does each
 * value that a step makes. Used once, by one thread.
 */
abstract class TimedEvaluation extends Jsonata {

    private final Pace pace;
    private final int deepest;
    private final FailurePlace failurePlace = new FailurePlace();
    private int depth;

    /** An evaluation of the expression that nests no deeper than so many steps. */
    TimedEvaluation(Jsonata expression, Pace pace, int deepest) {
        super(expression);
        this.pace = pace;
        this.deepest = deepest;
        environment = GuardedFunctions.FRAME;
        // The library would write into what it was given.
        setOutputConvertNulls(false);
        setValidateInput(false);
    }

    final Pace pace() {
        return pace;
    }

    /** Where in the expression what failed came up. */
    final FailurePlace failurePlace() {
        return failurePlace;
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
            failurePlace.note(e, expr);
            throw e;
        } finally {
            depth--;
        }
    }

    private Object timed(Object value) {
        if (value instanceof List<?> list && !(value instanceof TimedList) && !(value instanceof RangeList)) {
            return new TimedList(list, pace);
        }
        return value;
    }

    /** A value as deep as it goes in lists and objects that look at the clock, none of them shared with it. */
    final Object copy(Object value) {
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
                    reduced.merge(name, value, TimedEvaluation::appended);
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

    /** Values under one name of many tuples. */
    private static final class Gathered extends Utils.JList<Object> {
        private static final long serialVersionUID = 1L;
    }
}
