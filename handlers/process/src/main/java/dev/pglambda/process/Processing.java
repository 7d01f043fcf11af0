package dev.pglambda.process;

import dev.pglambda.process.Receipt.ProcessedData;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What processing an item means. Thread-safe. */
@Singleton
class Processing {

    private static final List<String> ADDED = List.of("processed", "timestamp");

    private final Clock clock;

    Processing(Clock clock) {
        this.clock = clock;
    }

    Receipt of(ProcessItem item) {
        return Receipt.first(
                new ProcessedData(item.id(), item.value(), withoutAdded(item.attributes()), true, clock.instant()));
    }

    private static Map<String, JsonNode> withoutAdded(Map<String, JsonNode> attributes) {
        var kept = new LinkedHashMap<>(attributes);
        ADDED.forEach(kept::remove);
        return kept;
    }
}
