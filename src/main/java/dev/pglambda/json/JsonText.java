package dev.pglambda.json;

import com.fasterxml.jackson.core.JsonFactory;
import io.micronaut.jackson.core.tree.JsonNodeTreeCodec;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** JSON trees as text, whole or cut short for a message. */
public final class JsonText {

    private static final int SHOWN_CHARACTERS = 40;

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonNodeTreeCodec CODEC = JsonNodeTreeCodec.getInstance();

    private JsonText() {}

    /** The whole tree. */
    public static String of(JsonNode node) {
        try {
            var out = new StringWriter();
            try (var generator = FACTORY.createGenerator(out)) {
                CODEC.writeTree(generator, node);
            }
            return out.toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The value for a message, short and recognisable: {@code text "abc"}, {@code array [1,2,3…}. */
    public static String shown(JsonNode node) {
        String text = of(node);
        boolean cut = text.codePointCount(0, text.length()) > SHOWN_CHARACTERS;
        String start = cut ? text.substring(0, text.offsetByCodePoints(0, SHOWN_CHARACTERS)) + "…" : text;
        return kind(node) + " " + start;
    }

    private static String kind(JsonNode node) {
        if (node.isString()) {
            return "text";
        }
        if (node.isNumber()) {
            return "number";
        }
        if (node.isBoolean()) {
            return "boolean";
        }
        if (node.isArray()) {
            return "array";
        }
        return node.isObject() ? "object" : "JSON";
    }
}
