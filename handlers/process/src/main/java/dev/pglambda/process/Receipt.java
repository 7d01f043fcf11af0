package dev.pglambda.process;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The result of {@code process}, with the members of the system that it replaces.
 *
 * @param duplicate whether the same item had been processed before
 */
@Serdeable
public record Receipt(String status, String message, ProcessedData processedData, boolean duplicate) {

    private static final List<String> ADDED = List.of("processed", "timestamp");

    static Receipt of(ProcessItem item, Instant processedAt, boolean duplicate) {
        Map<String, JsonNode> kept = new LinkedHashMap<>(item.attributes());
        ADDED.forEach(kept::remove);
        var data = new ProcessedData(item.id(), item.value(), kept, true, processedAt);
        return new Receipt("success", "Data processed successfully", data, duplicate);
    }

    /**
     * The item with what processing adds.
     *
     * @param attributes the item's other members, without those that have the name of an added one
     */
    @Serdeable
    public record ProcessedData(
            long id,
            String value,
            @JsonAnyGetter Map<String, JsonNode> attributes,
            boolean processed,
            Instant timestamp) {}
}
