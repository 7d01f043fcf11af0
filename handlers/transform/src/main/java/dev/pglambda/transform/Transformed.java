package dev.pglambda.transform;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Map;

/** The result of {@code transform}, with the members of the system that it replaces. */
@Serdeable
public record Transformed(String status, String message, TransformedData transformedData) {

    static Transformed of(TransformedData data) {
        return new Transformed("success", "Data transformed successfully", data);
    }

    /**
     * The item with what the transformation adds.
     *
     * @param attributes the item's other members, without those that have the name of an added one
     */
    @Serdeable
    public record TransformedData(
            String value,
            @JsonAnyGetter Map<String, JsonNode> attributes,
            boolean transformed,
            String uppercase,
            Instant timestamp) {}
}
