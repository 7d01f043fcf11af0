package dev.pglambda.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.BaseJsonValidator;
import com.networknt.schema.ExecutionContext;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.ValidationContext;
import com.networknt.schema.ValidationMessage;
import com.networknt.schema.ValidatorTypeCode;
import java.util.HashSet;
import java.util.Set;

/** Keyword {@code uniqueItems}, as the library has it, but within the time of the call. Thread-safe. */
final class TimedUniqueItems extends BaseJsonValidator {

    TimedUniqueItems(
            SchemaLocation location, JsonNodePath path, JsonNode node, JsonSchema parent, ValidationContext context) {
        super(location, path, node, parent, ValidatorTypeCode.UNIQUE_ITEMS, context);
    }

    @Override
    public Set<ValidationMessage> validate(
            ExecutionContext execution, JsonNode node, JsonNode root, JsonNodePath location) {
        if (schemaNode.asBoolean() && node.isArray() && !areUnique(node)) {
            return Set.of(message()
                    .instanceNode(node)
                    .instanceLocation(location)
                    .locale(execution.getExecutionConfig().getLocale())
                    .build());
        }
        return Set.of();
    }

    private static boolean areUnique(JsonNode array) {
        Set<TimedValue> seen = new HashSet<>();
        for (JsonNode element : array) {
            if (!seen.add(new TimedValue(element))) {
                return false;
            }
        }
        return true;
    }
}
