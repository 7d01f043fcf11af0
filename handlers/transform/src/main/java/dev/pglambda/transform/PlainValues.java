package dev.pglambda.transform;

import com.dashjoin.jsonata.Jsonata;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Converts JSON to the plain Java values that JSONata works on; {@link PlainResult} converts back. Recurses as deep as
 * the request is nested, which its parser limits.
 */
final class PlainValues {

    private PlainValues() {}

    static Object of(JsonNode node) {
        if (node.isObject()) {
            return ofMembers(node);
        }
        if (node.isArray()) {
            List<Object> array = new ArrayList<>(node.size());
            for (JsonNode element : node.values()) {
                array.add(of(element));
            }
            return array;
        }
        if (node.isNumber()) {
            return LongNumber.of(node.getBigDecimalValue());
        }
        if (node.isString()) {
            return node.getStringValue();
        }
        return node.isBoolean() ? node.getBooleanValue() : Jsonata.NULL_VALUE;
    }

    /** The members of an object. */
    static Map<String, Object> ofMembers(JsonNode object) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : object.entries()) {
            members.put(member.getKey(), of(member.getValue()));
        }
        return members;
    }
}
