package dev.pglambda.setup;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.micronaut.serde.annotation.Serdeable;
import java.util.Map;

/**
 * What CloudFormation is told.
 *
 * @param physicalResourceId the same for the same database: another one would make CloudFormation delete the former
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
