package dev.pglambda.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON as trees without losing a digit: fractions become {@code BigDecimal}, since PostgreSQL's {@code numeric}
 * does not have the limits of a double. Takes numbers of any length that {@code numeric} can hold. Not thread-safe.
 */
public final class JsonReader implements AutoCloseable {

    /** How deep a value may be nested: the code that handles it recurses. */
    public static final int DEEPEST = 1_000;

    /** The digits of {@code numeric} before and after its point, a sign and the point. */
    private static final int LONGEST_NUMBER = 131_072 + 16_383 + 2;

    /**
     * Deeper than {@code jsonb} can be with the stack of a server: a request of a server is never refused as a whole.
     */
    private static final int DEEPEST_TEXT = 100_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamReadFeature.USE_FAST_BIG_NUMBER_PARSER)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(DEEPEST_TEXT)
                    .maxNumberLength(LONGEST_NUMBER)
                    .build())
            .build();

    private final JsonParser parser;

    /** Begins to read. Every method throws {@code JsonProcessingException} with the place where the text is not JSON. */
    public JsonReader(byte[] utf8) throws IOException {
        parser = FACTORY.createParser(utf8);
    }

    /** Moves to the next token; null at the end. */
    public JsonToken next() throws IOException {
        return parser.nextToken();
    }

    /** The name of the member that the reader is at. */
    public String name() throws IOException {
        return parser.currentName();
    }

    /** Skips the value that begins at the current token. */
    public void skip() throws IOException {
        parser.skipChildren();
    }

    /**
     * The value that begins at the current token, read to its end in any case.
     *
     * @throws UnfitJsonException when no code of ours could handle it, or PostgreSQL could not store it
     */
    public JsonNode value() throws IOException, UnfitJsonException {
        int opened = 0;
        try {
            return node(0);
        } catch (UnfitJsonException e) {
            for (opened = e.depth(); opened > 0; ) {
                JsonToken token = parser.nextToken();
                opened += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            }
            throw e;
        }
    }

    private JsonNode node(int depth) throws IOException, UnfitJsonException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(depth + 1);
            case START_ARRAY -> array(depth + 1);
            case VALUE_STRING -> JsonNode.createStringNode(text(parser.getText(), depth));
            case VALUE_NUMBER_INT -> integer();
            case VALUE_NUMBER_FLOAT -> JsonNode.createNumberNode(parser.getDecimalValue());
            case VALUE_TRUE -> JsonNode.createBooleanNode(true);
            case VALUE_FALSE -> JsonNode.createBooleanNode(false);
            default -> JsonNode.nullNode();
        };
    }

    private JsonNode object(int depth) throws IOException, UnfitJsonException {
        checkDepth(depth);
        Map<String, JsonNode> members = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = text(parser.currentName(), depth);
            parser.nextToken();
            members.put(name, node(depth));
        }
        return JsonNode.createObjectNode(members);
    }

    private JsonNode array(int depth) throws IOException, UnfitJsonException {
        checkDepth(depth);
        List<JsonNode> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(node(depth));
        }
        return JsonNode.createArrayNode(elements);
    }

    private JsonNode integer() throws IOException {
        return switch (parser.getNumberType()) {
            case INT -> JsonNode.createNumberNode(parser.getIntValue());
            case LONG -> JsonNode.createNumberNode(parser.getLongValue());
            default -> JsonNode.createNumberNode(parser.getBigIntegerValue());
        };
    }

    private static void checkDepth(int depth) throws UnfitJsonException {
        if (depth > DEEPEST) {
            throw new UnfitJsonException(true, "is nested more than " + DEEPEST + " levels deep", depth);
        }
    }

    /** PostgreSQL could not read a reply that repeats a NUL, so a request with one is refused. */
    private static String text(String text, int depth) throws UnfitJsonException {
        if (text.indexOf('\0') >= 0) {
            throw new UnfitJsonException(false, "contains \\u0000, which PostgreSQL cannot store", depth);
        }
        return text;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
