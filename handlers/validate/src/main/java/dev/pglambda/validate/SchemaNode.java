package dev.pglambda.validate;

import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.JsonNodeFactory;
import dev.harrel.jsonschema.SimpleType;
import dev.pglambda.json.ExactNumber;
import dev.pglambda.json.JsonReader;
import dev.pglambda.json.UnfitJsonException;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A value of a request, item or schema, as the schema library reads it: with its place, and with numbers that are equal
 * in every notation. Thread-safe: two threads may compute the same value.
 */
final class SchemaNode implements JsonNode {

    private final io.micronaut.json.tree.JsonNode node;
    private final String pointer;
    private final SimpleType type;

    /** The members of an array or object, the value of a number without zeros at its end; null until first used. */
    private Object content;

    private SchemaNode(io.micronaut.json.tree.JsonNode node, String pointer) {
        this.node = node;
        this.pointer = pointer;
        this.type = type(node);
    }

    static SchemaNode root(io.micronaut.json.tree.JsonNode node) {
        return new SchemaNode(node, "");
    }

    /** An object of members that keep their pointers. */
    static SchemaNode object(Map<String, JsonNode> members) {
        SchemaNode object = root(io.micronaut.json.tree.JsonNode.createObjectNode(Map.of()));
        object.content = members;
        return object;
    }

    private static SimpleType type(io.micronaut.json.tree.JsonNode node) {
        if (node.isString()) {
            return SimpleType.STRING;
        }
        if (node.isNumber()) {
            return isWhole(node.getNumberValue()) ? SimpleType.INTEGER : SimpleType.NUMBER;
        }
        if (node.isObject()) {
            return SimpleType.OBJECT;
        }
        if (node.isArray()) {
            return SimpleType.ARRAY;
        }
        return node.isBoolean() ? SimpleType.BOOLEAN : SimpleType.NULL;
    }

    private static boolean isWhole(Number number) {
        return !(number instanceof BigDecimal decimal) || ExactNumber.isWhole(decimal);
    }

    @Override
    public String getJsonPointer() {
        return pointer;
    }

    @Override
    public SimpleType getNodeType() {
        return type;
    }

    @Override
    public boolean asBoolean() {
        return node.getBooleanValue();
    }

    @Override
    public String asString() {
        return node.isString() ? node.getStringValue() : String.valueOf(node.getValue());
    }

    @Override
    public BigInteger asInteger() {
        return asNumber().toBigInteger();
    }

    @Override
    public BigDecimal asNumber() {
        if (content == null) {
            content = ExactNumber.withoutTrailingZeros(node.getBigDecimalValue());
        }
        return (BigDecimal) content;
    }

    @Override
    @SuppressWarnings("unchecked") // an array has only nodes
    public List<JsonNode> asArray() {
        if (content == null) {
            List<JsonNode> elements = new ArrayList<>(node.size());
            for (io.micronaut.json.tree.JsonNode element : node.values()) {
                elements.add(new SchemaNode(element, pointer + "/" + elements.size()));
            }
            content = elements;
        }
        return (List<JsonNode>) content;
    }

    @Override
    @SuppressWarnings("unchecked") // an object has only nodes
    public Map<String, JsonNode> asObject() {
        if (content == null) {
            Map<String, JsonNode> members = new LinkedHashMap<>();
            for (Map.Entry<String, io.micronaut.json.tree.JsonNode> member : node.entries()) {
                String name = member.getKey();
                members.put(name, new SchemaNode(member.getValue(), pointer + "/" + JsonNode.encodeJsonPointer(name)));
            }
            content = members;
        }
        return (Map<String, JsonNode>) content;
    }

    /** Makes nodes for the library. */
    static final class Factory implements JsonNodeFactory {

        @Override
        public JsonNode wrap(Object node) {
            return root((io.micronaut.json.tree.JsonNode) node);
        }

        /** The library reads the schemas of the drafts as text. */
        @Override
        public JsonNode create(String json) {
            try (JsonReader reader = new JsonReader(json.getBytes(StandardCharsets.UTF_8))) {
                reader.next();
                return root(reader.value());
            } catch (IOException | UnfitJsonException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
