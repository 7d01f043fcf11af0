package dev.pglambda.process;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.Map;

/**
 * The answer of {@code process}, in the words of the system that it replaces.
 *
 * @param duplicate whether the same item had been processed before
 */
@Serdeable
public record Receipt(String status, String message, ProcessedData processedData, boolean duplicate) {

    static Receipt first(ProcessedData data) {
        return new Receipt("success", "Data processed successfully", data, false);
    }

    /**
     * The item with what processing adds.
     *
     * @param attributes the item's other members; those that are named like an added one give way to it
     */
    @Serdeable
    public record ProcessedData(
            long id,
            String value,
            @JsonAnyGetter Map<String, JsonNode> attributes,
            boolean processed,
            Instant timestamp) {}
}
