package dev.pglambda.transform;

import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.SqlState;
import io.micronaut.json.tree.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns JSON into the plain Java values that JSONata works on, and back. Going there, it recurses as deep as the request is
 * nested, which its parser bounds; coming back, down to a limit of its own.
 */
final class PlainValues {

    /** As deep as a request may be nested. */
    private static final int DEEPEST = 1_000;

    private static final String HINT = "Let the expression make values that JSON has.";

    private PlainValues() {}

    static Object of(JsonNode node) {
        if (node.isObject()) {
            Map<String, Object> object = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> member : node.entries()) {
                object.put(member.getKey(), of(member.getValue()));
            }
            return object;
        }
        if (node.isArray()) {
            List<Object> array = new ArrayList<>(node.size());
            for (JsonNode element : node.values()) {
                array.add(of(element));
            }
            return array;
        }
        if (node.isNumber()) {
            return ExactNumber.of(node.getBigDecimalValue());
        }
        if (node.isString()) {
            return node.getStringValue();
        }
        return node.isBoolean() ? node.getBooleanValue() : null;
    }

    /** The JSON of a value, or 22023 for one that JSON or PostgreSQL does not have, such as a function. */
    static JsonNode json(Object value) {
        return json(value, 0);
    }

    private static JsonNode json(Object value, int depth) {
        if (depth > DEEPEST) {
            throw new HandlerException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    "the expression's value is nested more than " + DEEPEST + " levels deep");
        }
        if (value == null || value == com.dashjoin.jsonata.Jsonata.NULL_VALUE) {
            return JsonNode.nullNode();
        }
        if (value instanceof String text) {
            return JsonNode.createStringNode(sound(text));
        }
        if (value instanceof Boolean truth) {
            return JsonNode.createBooleanNode(truth);
        }
        if (value instanceof Number number) {
            return json(number);
        }
        if (value instanceof Map<?, ?> object) {
            Map<String, JsonNode> members = new LinkedHashMap<>();
            object.forEach((name, member) -> members.put(sound(String.valueOf(name)), json(member, depth + 1)));
            return JsonNode.createObjectNode(members);
        }
        if (value instanceof List<?> array) {
            List<JsonNode> elements = new ArrayList<>(array.size());
            array.forEach(element -> elements.add(json(element, depth + 1)));
            return JsonNode.createArrayNode(elements);
        }
        throw HandlerException.invalid(
                "the expression's value is or contains a function, which JSON has not", "", HINT);
    }

    private static JsonNode json(Number number) {
        if (number instanceof ExactNumber exact) {
            return JsonNode.createNumberNode(exact.value());
        }
        if (number instanceof Double fraction) {
            if (!Double.isFinite(fraction)) {
                throw HandlerException.invalid("the expression's value contains " + fraction, "", HINT);
            }
            return JsonNode.createNumberNode(new BigDecimal(fraction.toString()));
        }
        return JsonNode.createNumberNode(number.longValue());
    }

    /** Expressions can cut characters in two, and write a NUL: PostgreSQL would refuse the whole reply. */
    private static String sound(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (c == 0 || Character.isSurrogate(c) && !pair) {
                throw HandlerException.invalid(
                        "the expression's value contains text with "
                                + (c == 0 ? "a NUL character" : "half of a surrogate pair")
                                + ", which PostgreSQL cannot store",
                        "",
                        HINT);
            }
            i += pair ? 1 : 0;
        }
        return text;
    }
}
