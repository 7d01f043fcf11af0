package dev.pglambda.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.pglambda.handler.HandlerException;
import java.math.BigDecimal;
import java.util.Map;

/**
 * Turns the tree of a request into one of Jackson's, which the schema library reads.
 *
 * <p>Every number becomes a decimal, integers too: the library computes with doubles unless it is given decimals, and 1 and
 * 1.0 must be the same value wherever it compares. It recurses as deep as the request is nested, which its parser bounds.
 */
final class JacksonTree {

    /** More digits than a request can have. Only an exponent leads beyond, and 1e999999999 would fill the memory. */
    private static final int MOST_DIGITS = 1_000;

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private JacksonTree() {}

    static JsonNode of(io.micronaut.json.tree.JsonNode node) {
        if (node.isString()) {
            return TextNode.valueOf(node.getStringValue());
        }
        if (node.isNumber()) {
            return number(node.getBigDecimalValue());
        }
        if (node.isObject()) {
            ObjectNode object = NODES.objectNode();
            for (Map.Entry<String, io.micronaut.json.tree.JsonNode> member : node.entries()) {
                object.set(member.getKey(), of(member.getValue()));
            }
            return object;
        }
        if (node.isArray()) {
            ArrayNode array = NODES.arrayNode(node.size());
            for (io.micronaut.json.tree.JsonNode element : node.values()) {
                array.add(of(element));
            }
            return array;
        }
        return node.isBoolean() ? BooleanNode.valueOf(node.getBooleanValue()) : NullNode.getInstance();
    }

    private static DecimalNode number(BigDecimal value) {
        if (value.scale() == 0) {
            return DecimalNode.valueOf(value);
        }
        BigDecimal plain = value.stripTrailingZeros();
        if (plain.scale() > MOST_DIGITS || plain.precision() - plain.scale() > MOST_DIGITS) {
            throw HandlerException.invalid(
                    "the number " + plain + " has more than " + MOST_DIGITS + " digits",
                    "",
                    "A schema cannot be checked against numbers of that size.");
        }
        return DecimalNode.valueOf(plain.scale() < 0 ? plain.setScale(0) : plain);
    }
}
