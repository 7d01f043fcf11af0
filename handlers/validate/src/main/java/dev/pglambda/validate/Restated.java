package dev.pglambda.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.SpecVersion.VersionFlag;
import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Says in other words what json-schema-validator 1.5.9 misreads. The schema means the same to whoever reads it right, and
 * its violations have the same paths, keywords and messages.
 */
final class Restated {

    private static final List<String> COUNTS = List.of(
            "maxLength",
            "minLength",
            "maxItems",
            "minItems",
            "maxProperties",
            "minProperties",
            "maxContains",
            "minContains");

    private static final BigDecimal MOST = BigDecimal.valueOf(Integer.MAX_VALUE);

    private Restated() {}

    /** The same schema, changed in place. */
    static JsonNode of(JsonNode schema, VersionFlag draft) {
        if (schema instanceof ObjectNode object) {
            restateValues(object);
            Subschemas.of(schema).forEach(inner -> restateInner((ObjectNode) inner, draft));
        }
        return schema;
    }

    private static void restateInner(ObjectNode schema, VersionFlag outer) {
        VersionFlag draft = MetaSchemas.draft(schema, outer);
        restateIdentified(schema, draft);
        of(schema, draft);
    }

    private static void restateValues(ObjectNode schema) {
        for (String count : COUNTS) {
            // The library cuts off all but the lowest 32 bits. No item has that many of anything.
            if (schema.path(count).isNumber()
                    && schema.get(count).decimalValue().compareTo(MOST) > 0) {
                schema.set(count, DecimalNode.valueOf(MOST));
            }
        }
        if (schema.path("$ref").isTextual()) {
            schema.put("$ref", reference(schema.get("$ref").textValue()));
        }
    }

    /** The library resolves a reference beside an {@code $id} as if that were not there, which is right up to draft 7. */
    private static void restateIdentified(ObjectNode schema, VersionFlag draft) {
        String id = MetaSchemas.idKeyword(draft);
        if (!schema.path(id).isTextual()) {
            return;
        }
        if (MetaSchemas.referencesStandAlone(draft)) {
            if (schema.path("$ref").isTextual()) {
                schema.remove(id); // of which the library else makes a place of its own, where "#/definitions" is empty
            }
            return;
        }
        for (String keyword : List.of("$ref", "$dynamicRef")) {
            if (schema.path(keyword).isTextual()) {
                JsonNode reference = schema.remove(keyword);
                schema.withArrayProperty("allOf").addObject().set(keyword, reference);
            }
        }
    }

    /** The library takes a plus for a space where there is a percent sign, and "%7E1" for another name than "~1". */
    private static String reference(String reference) {
        int hash = reference.indexOf('#');
        if (hash < 0 || !reference.startsWith("/", hash + 1) || reference.indexOf('%', hash) < 0) {
            return reference;
        }
        try {
            String pointer =
                    URLDecoder.decode(reference.substring(hash + 1).replace("+", "%2B"), StandardCharsets.UTF_8);
            return reference.substring(0, hash + 1)
                    + Stream.of(pointer.split("/", -1)).map(Restated::token).collect(Collectors.joining("/"));
        } catch (IllegalArgumentException e) {
            return reference; // no percent-encoding: the library says so if it gets there
        }
    }

    private static String token(String token) {
        return token.indexOf('%') < 0 ? token : token.replace("%", "%25").replace("+", "%2B");
    }
}
