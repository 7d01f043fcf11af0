package dev.pglambda.setup;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Objects;
import java.util.Set;

/**
 * An event of CloudFormation. Its properties stay JSON here, since CloudFormation writes every number and boolean as
 * text.
 *
 * @param requestType {@code Create}, {@code Update} or {@code Delete}
 * @param physicalResourceId the resource's id from an earlier reply; empty at its creation
 * @param oldProperties at an update, the former properties
 */
@Serdeable
record SetupEvent(
        @JsonProperty("RequestType") @Nullable String requestType,
        @JsonProperty("PhysicalResourceId") @Nullable String physicalResourceId,
        @JsonProperty("ResourceProperties") @Nullable JsonNode properties,
        @JsonProperty("OldResourceProperties") @Nullable JsonNode oldProperties) {

    private static final String RIGHT_FORM =
            "The right form: {\"RequestType\": \"Create\", \"ResourceProperties\": {\"Functions\": [{\"name\": \"process\","
                    + " \"arn\": \"arn:aws:lambda:…\"}]}}, or \"Update\" or \"Delete\".";

    private static final Set<String> REQUEST_TYPES = Set.of("Create", "Update", "Delete");

    SetupEvent {
        if (!REQUEST_TYPES.contains(String.valueOf(requestType))) {
            throw new IllegalArgumentException("RequestType is " + requestType + ". " + RIGHT_FORM);
        }
        physicalResourceId = Objects.requireNonNullElse(physicalResourceId, "");
        properties = Objects.requireNonNullElse(properties, JsonNode.nullNode());
        oldProperties = Objects.requireNonNullElse(oldProperties, JsonNode.nullNode());
    }
}
