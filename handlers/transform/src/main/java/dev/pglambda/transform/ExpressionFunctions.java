package dev.pglambda.transform;

import com.dashjoin.jsonata.Functions;
import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.Jsonata.JFunction;
import com.dashjoin.jsonata.Utils.JList;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Replaces functions of the library: {@code $string} writes every digit, {@code $sort} takes whole numbers and
 * fractions.
 */
final class ExpressionFunctions {

    private static final JFunction STRING = new JFunction((input, args) -> string(args), "<x-b?:s>");
    private static final JFunction SORT = new JFunction((input, args) -> sort(args), "<af?:a>");

    private static final Comparator<Object> NUMBERS_OR_TEXTS = (one, other) -> {
        if (one instanceof Number a && other instanceof Number b) {
            return exact(a).compareTo(exact(b));
        }
        if (one instanceof String a && other instanceof String b) {
            return a.compareTo(b);
        }
        throw new JException("D3070", -1);
    };

    private ExpressionFunctions() {}

    static void register(Jsonata expression) {
        expression.registerFunction("string", STRING);
        expression.registerFunction("sort", SORT);
    }

    private static String string(List<?> args) {
        return Functions.string(printable(args.get(0)), (Boolean) optional(args));
    }

    private static List<?> sort(List<?> args) {
        Object comparator = optional(args);
        return Functions.sort((List<?>) args.get(0), comparator == null ? NUMBERS_OR_TEXTS : comparator);
    }

    private static Object optional(List<?> args) {
        return args.size() > 1 ? args.get(1) : null;
    }

    /** The same value, with long numbers in types whose text has all digits. */
    private static Object printable(Object value) {
        if (value instanceof LongNumber number) {
            return number.printable();
        }
        if (value instanceof Map<?, ?> object) {
            Map<Object, Object> copy = new LinkedHashMap<>();
            object.forEach((name, member) -> copy.put(name, printable(member)));
            return copy;
        }
        if (value instanceof List<?> array) {
            if (value instanceof JList<?> sequence && sequence.outerWrapper) {
                return printable(sequence.get(0));
            }
            List<Object> copy = new ArrayList<>(array.size());
            array.forEach(element -> copy.add(printable(element)));
            return copy;
        }
        return value;
    }

    private static BigDecimal exact(Number number) {
        return number instanceof LongNumber copied ? copied.exact() : new BigDecimal(number.toString());
    }
}
