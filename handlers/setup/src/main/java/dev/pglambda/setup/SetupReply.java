package dev.pglambda.setup;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Map;

/**
 * The reply to CloudFormation.
 *
 * @param physicalResourceId the same for the same database: for another id, CloudFormation deletes the former resource
 * @param data attributes of the resource, for {@code Fn::GetAtt}: text only
 */
@Serdeable
record SetupReply(
        @JsonProperty("PhysicalResourceId") String physicalResourceId,
        @JsonProperty("Data") Map<String, String> data) {

    SetupReply {
        data = Map.copyOf(data);
    }
}
