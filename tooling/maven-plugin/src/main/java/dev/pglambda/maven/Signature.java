package dev.pglambda.maven;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A signature in {@code function.json}, read only as far as is needed to try it with the example of the function.
 * PostgreSQL reads it exactly.
 */
final class Signature {

    private static final Pattern ARGUMENT = Pattern.compile("\\s*(\"[^\"]+\"|\\w+)\\s+(\\w+).*", Pattern.DOTALL);
    private static final Set<String> NUMBERS = Set.of(
            "smallint", "integer", "int", "int2", "int4", "int8", "bigint", "numeric", "decimal", "real", "double");
    private static final Set<String> TEXTS =
            Set.of("text", "varchar", "character", "char", "name", "uuid", "date", "time", "timestamp", "timestamptz");

    /** Types by the names of the arguments; empty for an argument without a name, which is the item itself. */
    private final Map<String, String> types = new LinkedHashMap<>();

    Signature(String text) {
        for (String argument : split(text.substring(text.indexOf('(') + 1))) {
            Matcher parts = ARGUMENT.matcher(argument);
            if (parts.matches()) {
                types.put(parts.group(1).replace("\"", ""), parts.group(2).toLowerCase(Locale.ROOT));
            }
        }
    }

    boolean hasNames() {
        return !types.isEmpty();
    }

    /**
     * The item that PostgreSQL would make of the arguments: with the values of the example, as the types of the
     * arguments write them, and null where the example has none.
     */
    Map<String, Object> item(Map<String, Object> example) {
        Map<String, Object> item = new LinkedHashMap<>();
        types.forEach((name, type) -> item.put(name, written(type, example.get(name))));
        return item;
    }

    private static Object written(String type, Object value) {
        if (value instanceof Number && TEXTS.contains(type)) {
            return value.toString();
        }
        return value instanceof String && NUMBERS.contains(type) ? Integer.valueOf(1) : value;
    }

    /** What is between the commas, up to the bracket that ends the arguments. */
    private static List<String> split(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < text.length() && depth >= 0; i++) {
            char c = text.charAt(i);
            quoted ^= c == '\'';
            depth += quoted ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (!quoted && (depth < 0 || depth == 0 && c == ',')) {
                parts.add(text.substring(start, i));
                start = i + 1;
            }
        }
        return parts;
    }
}
