package dev.pglambda.validate;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The schemas inside of a schema. Also what only may be one, in a keyword that no draft has: a reference can lead there. */
final class Subschemas {

    private static final Set<String> DATA = Set.of("const", "enum", "default", "examples");

    /** Their members are names that the caller chose, whatever keywords they look like. */
    private static final Set<String> BY_NAME =
            Set.of("properties", "patternProperties", "$defs", "definitions", "dependentSchemas", "dependencies");

    private Subschemas() {}

    /** Those of the next level. */
    static List<JsonNode> of(JsonNode schema) {
        List<JsonNode> found = new ArrayList<>();
        for (Map.Entry<String, JsonNode> member : schema.properties()) {
            if (BY_NAME.contains(member.getKey()) && member.getValue().isObject()) {
                member.getValue().forEach(named -> add(named, found));
            } else if (!DATA.contains(member.getKey())) {
                add(member.getValue(), found);
            }
        }
        return found;
    }

    private static void add(JsonNode node, List<JsonNode> found) {
        if (node.isObject()) {
            found.add(node);
        } else if (node.isArray()) {
            node.forEach(element -> add(element, found));
        }
    }
}
