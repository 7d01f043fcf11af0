package dev.pglambda.setup;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.ObjectMapper;
import io.micronaut.serde.annotation.Serdeable;
import java.io.IOException;
import java.util.Objects;

/**
 * What CloudFormation says. Properties stay JSON here, since CloudFormation writes every number and boolean as text.
 *
 * @param physicalResourceId what an earlier reply called the resource; empty at its creation
 * @param oldProperties at an update, those of before
 */
@Serdeable
record SetupEvent(
        @JsonProperty("RequestType") RequestType requestType,
        @JsonProperty("PhysicalResourceId") @Nullable String physicalResourceId,
        @JsonProperty("ResourceProperties") @Nullable JsonNode properties,
        @JsonProperty("OldResourceProperties") @Nullable JsonNode oldProperties) {

    private static final String RIGHT_FORM =
            "The right form: {\"RequestType\": \"Create\", \"ResourceProperties\": {\"Functions\": [{\"name\": \"process\","
                    + " \"arn\": \"arn:aws:lambda:…\"}]}}, or \"Update\" or \"Delete\".";

    /** What is to be done. */
    enum RequestType {
        @JsonProperty("Create")
        CREATE,
        @JsonProperty("Update")
        UPDATE,
        @JsonProperty("Delete")
        DELETE
    }

    SetupEvent {
        physicalResourceId = Objects.requireNonNullElse(physicalResourceId, "");
        properties = Objects.requireNonNullElse(properties, JsonNode.nullNode());
        oldProperties = Objects.requireNonNullElse(oldProperties, JsonNode.nullNode());
    }

    /** Throws {@link SetupException} that shows the right form. */
    static SetupEvent read(ObjectMapper json, byte[] event) {
        try {
            SetupEvent read = json.readValue(event, SetupEvent.class);
            if (read != null && read.requestType() != null) {
                return read;
            }
        } catch (IOException | RuntimeException e) {
            throw new SetupException(
                    "the event is not one that setup understands: " + e.getMessage() + ". " + RIGHT_FORM, e);
        }
        throw new SetupException("the event has no RequestType. " + RIGHT_FORM);
    }
}
