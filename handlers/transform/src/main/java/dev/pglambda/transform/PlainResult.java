package dev.pglambda.transform;

import com.dashjoin.jsonata.Jsonata;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.SqlState;
import io.micronaut.json.tree.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Converts an expression's value to JSON; raises 22023 for a value that JSON or PostgreSQL does not have, such as a
 * function.
 */
final class PlainResult {

    /** The same limit as for requests. */
    private static final int DEEPEST = 1_000;

    private static final String HINT = "Let the expression make values that JSON has.";

    private PlainResult() {}

    static JsonNode of(Object value) {
        return json(value, 0);
    }

    private static JsonNode json(Object value, int depth) {
        if (depth > DEEPEST) {
            throw new HandlerException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    "the expression's value is nested more than " + DEEPEST + " levels deep");
        }
        if (value == null || value == Jsonata.NULL_VALUE) {
            return JsonNode.nullNode();
        }
        if (value instanceof String text) {
            return JsonNode.createStringNode(storable(text));
        }
        if (value instanceof Boolean truth) {
            return JsonNode.createBooleanNode(truth);
        }
        if (value instanceof Number number) {
            return json(number);
        }
        if (value instanceof Map<?, ?> object) {
            Map<String, JsonNode> members = new LinkedHashMap<>();
            object.forEach((name, member) -> members.put(storable(String.valueOf(name)), json(member, depth + 1)));
            return JsonNode.createObjectNode(members);
        }
        if (value instanceof List<?> array) {
            List<JsonNode> elements = new ArrayList<>();
            array.forEach(element -> elements.add(json(element, depth + 1)));
            return JsonNode.createArrayNode(elements);
        }
        throw notJson("a function");
    }

    private static JsonNode json(Number number) {
        if (number instanceof LongNumber copied) {
            return JsonNode.createNumberNode(copied.exact());
        }
        if (number instanceof Integer || number instanceof Long) {
            return JsonNode.createNumberNode(number.longValue());
        }
        double fraction = number.doubleValue();
        if (!Double.isFinite(fraction)) {
            throw notJson(String.valueOf(fraction));
        }
        return JsonNode.createNumberNode(BigDecimal.valueOf(fraction));
    }

    /** Expressions can cut a surrogate pair in two, and write a NUL. */
    private static String storable(String text) {
        if (text.indexOf('\0') >= 0) {
            throw notJson("text with a NUL character, which PostgreSQL cannot store");
        }
        if (text.codePoints().anyMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE)) {
            throw notJson("text with half of a surrogate pair, which PostgreSQL cannot store");
        }
        return text;
    }

    private static HandlerException notJson(String what) {
        return HandlerException.invalid("the expression's value is or contains " + what, "", HINT);
    }
}
