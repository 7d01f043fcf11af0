package dev.pglambda.handler;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.micronaut.jackson.core.tree.JsonNodeTreeCodec;
import io.micronaut.json.JsonStreamConfig;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Map;

/**
 * Reads JSON without losing a digit: fractions become {@code BigDecimal}, since PostgreSQL's {@code numeric} has no
 * double's limits. Nesting (1,000) and length of numbers (1,000 characters) are bounded by Jackson's defaults.
 */
final class Json {

    /** How jsonb prints a NUL, which it can print only when it was sent by something else than PostgreSQL. */
    private static final byte[] NUL_ESCAPE = {'\\', 'u', '0', '0', '0', '0'};

    private static final JsonFactory FACTORY = new JsonFactory();
    private static final JsonNodeTreeCodec CODEC =
            JsonNodeTreeCodec.getInstance().withConfig(JsonStreamConfig.DEFAULT.withUseBigDecimalForFloats(true));

    private Json() {}

    /** Parses one JSON text, or raises 22023 with the place of the mistake. */
    static JsonNode parse(byte[] utf8) {
        try (JsonParser parser = FACTORY.createParser(utf8)) {
            JsonNode node = readOne(parser);
            if (contains(utf8, NUL_ESCAPE)) {
                refuseNul(node, "");
            }
            return node;
        } catch (JsonProcessingException e) {
            String place = e.getLocation() == null
                    ? ""
                    : " (line " + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr() + ")";
            throw invalidJson(e.getOriginalMessage() + place).causedBy(e);
        } catch (IOException e) {
            // Reading from memory fails for bad UTF-8 only, which Jackson reports this way.
            throw invalidJson(String.valueOf(e.getMessage())).causedBy(e);
        }
    }

    /** Writes a tree as JSON text. */
    static String text(JsonNode node) {
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

    private static JsonNode readOne(JsonParser parser) throws IOException {
        if (parser.nextToken() == null) {
            throw invalidJson("it is empty");
        }
        JsonNode node = CODEC.readTree(parser);
        if (parser.nextToken() != null) {
            throw invalidJson("more than one JSON value");
        }
        return node;
    }

    private static HandlerException invalidJson(String why) {
        return HandlerException.invalid("the request is not valid JSON", why, DatabaseHandler.RIGHT_FORM);
    }

    private static boolean contains(byte[] text, byte[] part) {
        for (int i = 0; i <= text.length - part.length; i++) {
            if (text[i] == part[0] && Arrays.equals(text, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    /** Echoed back, such a text would break PostgreSQL's reading of the reply, so it is refused on the way in. */
    private static void refuseNul(JsonNode node, String path) {
        if (node.isString() && node.getStringValue().indexOf('\0') >= 0) {
            throw HandlerException.invalid(
                    "the text at \"" + path + "\" contains \\u0000, which PostgreSQL cannot store",
                    "",
                    "Remove the NUL character.");
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                refuseNul(node.get(i), path + "/" + i);
            }
        }
        if (node.isObject()) {
            for (Map.Entry<String, JsonNode> entry : node.entries()) {
                refuseNul(JsonNode.createStringNode(entry.getKey()), path);
                refuseNul(entry.getValue(), path + "/" + entry.getKey());
            }
        }
    }
}
