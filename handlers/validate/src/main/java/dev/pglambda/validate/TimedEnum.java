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
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Keyword {@code enum}, as the library has it, but within the time of the call. Thread-safe. */
final class TimedEnum extends BaseJsonValidator {

    private final Set<TimedValue> values = new HashSet<>();
    private final String list;

    TimedEnum(SchemaLocation location, JsonNodePath path, JsonNode node, JsonSchema parent, ValidationContext context) {
        super(location, path, node, parent, ValidatorTypeCode.ENUM, context);
        node.forEach(value -> values.add(new TimedValue(value)));
        list = StreamSupport.stream(node.spliterator(), false)
                .map(JsonNode::toString)
                .collect(Collectors.joining(", ", "[", "]"));
    }

    @Override
    public Set<ValidationMessage> validate(
            ExecutionContext execution, JsonNode node, JsonNode root, JsonNodePath location) {
        if (values.contains(new TimedValue(node))) {
            return Set.of();
        }
        return Set.of(message()
                .instanceNode(node)
                .instanceLocation(location)
                .locale(execution.getExecutionConfig().getLocale())
                .arguments(list)
                .build());
    }
}
