package dev.pglambda.transform;

import com.dashjoin.jsonata.ExactNumber;
import com.dashjoin.jsonata.Jsonata;
import com.dashjoin.jsonata.TimedList;
import com.dashjoin.jsonata.TimedMap;
import dev.pglambda.handler.Pace;
import io.micronaut.json.tree.JsonNode;
import java.util.Map;

/**
 * Turns JSON into the plain Java values that JSONata works on; {@link PlainResult} is the way back. It recurses as deep as
 * the request is nested, which its parser bounds.
 */
final class PlainValues {

    private PlainValues() {}

    /** The value, in lists and objects that are read at this pace. */
    static Object of(JsonNode node, Pace pace) {
        if (node.isObject()) {
            TimedMap object = new TimedMap(pace);
            for (Map.Entry<String, JsonNode> member : node.entries()) {
                object.put(member.getKey(), of(member.getValue(), pace));
            }
            return object;
        }
        if (node.isArray()) {
            TimedList array = new TimedList(node.size(), pace);
            for (JsonNode element : node.values()) {
                array.add(of(element, pace));
            }
            return array;
        }
        if (node.isNumber()) {
            return ExactNumber.of(node.getBigDecimalValue());
        }
        if (node.isString()) {
            return node.getStringValue();
        }
        return node.isBoolean() ? node.getBooleanValue() : Jsonata.NULL_VALUE;
    }
}
