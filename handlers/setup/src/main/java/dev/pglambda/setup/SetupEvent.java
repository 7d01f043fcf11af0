package dev.pglambda.setup;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.ObjectMapper;
import io.micronaut.serde.annotation.Serdeable;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;

/**
 * What CloudFormation says. Properties stay JSON here, since CloudFormation writes every number and boolean as text.
 *
 * @param requestType {@code Create}, {@code Update} or {@code Delete}
 * @param physicalResourceId what an earlier reply called the resource; empty at its creation
 * @param oldProperties at an update, those of before
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
        physicalResourceId = Objects.requireNonNullElse(physicalResourceId, "");
        properties = Objects.requireNonNullElse(properties, JsonNode.nullNode());
        oldProperties = Objects.requireNonNullElse(oldProperties, JsonNode.nullNode());
    }

    /** Throws {@link SetupException} that shows the right form. */
    static SetupEvent read(ObjectMapper json, byte[] event) {
        SetupEvent read;
        try {
            read = Objects.requireNonNull(json.readValue(event, SetupEvent.class), "it is null");
        } catch (IOException | RuntimeException e) {
            throw new SetupException(
                    "the event is not one that setup understands: " + reason(e) + ". " + RIGHT_FORM, e);
        }
        if (!REQUEST_TYPES.contains(String.valueOf(read.requestType()))) {
            throw new SetupException("RequestType is " + read.requestType() + ". " + RIGHT_FORM);
        }
        return read;
    }

    private static String reason(Throwable failure) {
        return failure.getMessage().lines().findFirst().orElse("");
    }
}
