package dev.pglambda.transform;

import com.dashjoin.jsonata.ExactNumber;
import com.dashjoin.jsonata.Jsonata;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.Pace;
import dev.pglambda.handler.Payload;
import dev.pglambda.handler.SqlState;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes JSON of an expression's value, or raises 22023 for one that JSON or PostgreSQL does not have, such as a function, and
 * 54000 for one that no reply can carry: a few lines of an expression can name a value that would fill any memory. Used once.
 */
final class PlainResult {

    /** As deep as a request may be nested. */
    private static final int DEEPEST = 1_000;

    private static final String HINT = "Let the expression make values that JSON has.";

    private final Pace pace;
    /** In characters, of which none takes less than a byte. */
    private long size;

    PlainResult(Pace pace) {
        this.pace = pace;
    }

    JsonNode json(Object value) {
        return json(value, 0);
    }

    private JsonNode json(Object value, int depth) {
        pace.step();
        if (depth > DEEPEST) {
            throw tooMuch("is nested more than " + DEEPEST + " levels deep");
        }
        grow(2); // a character and a comma
        if (value == null || value == Jsonata.NULL_VALUE) {
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
            List<JsonNode> elements = new ArrayList<>();
            array.forEach(element -> elements.add(json(element, depth + 1)));
            return JsonNode.createArrayNode(elements);
        }
        throw HandlerException.invalid(
                "the expression's value is or contains a function, which JSON has not", "", HINT);
    }

    private void grow(int characters) {
        size += characters;
        if (size > Payload.MOST_BYTES) {
            throw tooMuch(
                    "has more than " + Payload.MOST_BYTES + " characters, which is the most that a reply can carry");
        }
    }

    private static HandlerException tooMuch(String what) {
        return new HandlerException(SqlState.PROGRAM_LIMIT_EXCEEDED, "the expression's value " + what);
    }

    private static JsonNode json(Number number) {
        if (number instanceof Double fraction && !Double.isFinite(fraction)) {
            throw HandlerException.invalid("the expression's value contains " + fraction, "", HINT);
        }
        return number instanceof Integer || number instanceof Long
                ? JsonNode.createNumberNode(number.longValue())
                : JsonNode.createNumberNode(ExactNumber.decimal(number));
    }

    /** Expressions can cut characters in two, and write a NUL: PostgreSQL would refuse the whole reply. */
    private String sound(String text) {
        grow(text.length() + 2);
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
