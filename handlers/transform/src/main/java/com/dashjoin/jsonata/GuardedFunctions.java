package com.dashjoin.jsonata;

import com.dashjoin.jsonata.Jsonata.Frame;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Jsonata.JFunctionCallable;
import dev.pglambda.handler.Pace;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The functions that stand before the library's of the same name: which would lose digits, go on without end, or copy a
 * value once for each of its elements. Those of texts are in {@link GuardedTexts}.
 */
final class GuardedFunctions {

    /** All functions: these, and behind them the library's own. */
    static final Frame FRAME = new Frame(Jsonata.staticFrame);

    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?([Ee][-+]?[0-9]+)?");

    static {
        bind("number", "<(nsb)-:n>", (in, args) -> number(args.get(0)));
        bind("round", "<n-n?:n>", (in, args) -> rounded(args));
        bind(
                "formatBase",
                "<n-n?:s>",
                (in, args) -> Functions.formatBase(asDouble(args.get(0)), (Number) argument(args, 1)));
        bind("sort", "<af?:a>", (in, args) -> sorted((List<?>) args.get(0), argument(args, 1)));
        bind("distinct", "<x:x>", (in, args) -> distinct(args.get(0)));
        bind("spread", "<x-:a<o>>", (in, args) -> spread(args.get(0)));
        bind("merge", "<a<o>:o>", (in, args) -> merged((List<?>) args.get(0)));
        bind("sift", "<o-f?:o>", (in, args) -> sifted(args));
        bind("clone", "<(oa)-:o>", (in, args) -> Evaluation.current().copy(args.get(0)));
        bind("eval", "<sx?:x>", (in, args) -> evaluated((String) args.get(0), argument(args, 1)));
        GuardedTexts.bindAll();
    }

    private GuardedFunctions() {}

    static void bind(String name, String signature, JFunctionCallable function) {
        FRAME.bind(name, new Replacement(name, signature, function));
    }

    /** Null for an argument that was left out. */
    static Object argument(List<?> args, int place) {
        return place < args.size() ? args.get(place) : null;
    }

    private static Pace pace() {
        return Evaluation.current().pace();
    }

    private static Number number(Object value) {
        if (value == null || value instanceof Number) {
            return (Number) value;
        }
        if (value instanceof Boolean truth) {
            return truth ? 1 : 0;
        }
        if (value instanceof String text) {
            if (NUMBER.matcher(text).matches() && Double.isFinite(Double.parseDouble(text))) {
                return ExactNumber.literal(text);
            }
            if (text.matches("0([xX][0-9A-Fa-f]+|[oO][0-7]+|[bB][01]+)")) {
                return ExactNumber.of(new BigDecimal(new BigInteger(text.substring(2), radix(text))));
            }
        }
        throw new JException(value == Jsonata.NULL_VALUE ? "T0410" : "D3030", -1, value);
    }

    private static int radix(String text) {
        return switch (text.charAt(1)) {
            case 'x', 'X' -> 16;
            case 'o', 'O' -> 8;
            default -> 2;
        };
    }

    private static Number rounded(List<?> args) {
        Number digits = (Number) argument(args, 1);
        Number rounded = Functions.round(asDouble(args.get(0)), digits == null ? null : digits.intValue());
        return rounded == null ? null : Utils.convertNumber(rounded);
    }

    /** The number, if it can be computed with; the library would round it first. */
    private static Number asDouble(Object number) {
        if (number instanceof ExactNumber exact) {
            exact.doubleValue();
        }
        return (Number) number;
    }

    private static List<?> sorted(List<?> list, Object function) {
        if (list == null || list.size() <= 1) {
            return list;
        }
        if (function != null) {
            return Functions.sort(list, function);
        }
        List<Object> sorted = new ArrayList<>(list);
        sorted.sort(Values.order(pace()));
        return sorted;
    }

    private static Object distinct(Object value) {
        if (!(value instanceof List<?> list) || list.size() <= 1) {
            return value;
        }
        Pace pace = pace();
        Set<Values.Key> seen = new HashSet<>();
        List<Object> distinct = Utils.isSequence(list) ? Utils.createSequence() : new ArrayList<>();
        for (Object element : list) {
            if (seen.add(new Values.Key(element, pace))) {
                distinct.add(element);
            }
        }
        return distinct;
    }

    private static Object spread(Object value) {
        if (!(value instanceof List) && !(value instanceof Map)) {
            return value;
        }
        // What was an array with elements stays one; else a single member stands for itself, and none for nothing.
        boolean array = value instanceof List<?> list && !list.isEmpty();
        List<Object> members = array ? new ArrayList<>() : Utils.createSequence();
        spread(value, members, pace());
        return members;
    }

    private static void spread(Object value, List<Object> members, Pace pace) {
        pace.step();
        if (value instanceof List<?> list) {
            list.forEach(element -> spread(element, members, pace));
        } else if (value instanceof Map<?, ?> object) {
            object.forEach((name, member) -> {
                TimedMap one = new TimedMap(pace);
                one.put((String) name, member);
                members.add(one);
            });
        } else if (value != null) {
            members.add(value);
        }
    }

    private static Object merged(List<?> objects) {
        if (objects == null) {
            return null;
        }
        Pace pace = pace();
        TimedMap merged = new TimedMap(pace);
        for (Object object : objects) {
            pace.step();
            ((Map<?, ?>) object).forEach((name, member) -> merged.put((String) name, member));
        }
        return merged;
    }

    @SuppressWarnings("unchecked") // objects are maps by name
    private static Object sifted(List<?> args) throws Throwable {
        Object sifted = Functions.sift((Map<Object, Object>) args.get(0), argument(args, 1));
        return sifted == null ? null : new TimedMap((Map<String, Object>) sifted, pace());
    }

    private static Object evaluated(String source, Object focus) {
        return source == null ? null : Evaluation.current().evaluate(source, focus);
    }

    /** A function in the place of the library's own of that name. */
    private static final class Replacement extends JFunction {

        Replacement(String name, String signature, JFunctionCallable function) {
            super(function, signature);
            this.functionName = name;
        }

        /** Partial application asks for it, and the library knows it of methods only. */
        @Override
        public int getNumberOfArgs() {
            return signature.getNumberOfArgs();
        }
    }
}
