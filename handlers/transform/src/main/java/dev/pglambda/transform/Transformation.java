package dev.pglambda.transform;

import dev.pglambda.transform.Transformed.TransformedData;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The transformation itself: upper case by Unicode's rules, whatever the machine's language. Thread-safe. */
@Singleton
class Transformation {

    private static final Set<String> ADDED = Set.of("transformed", "uppercase", "timestamp");

    private final Clock clock;

    Transformation(Clock clock) {
        this.clock = clock;
    }

    Transformed of(TransformItem item) {
        return Transformed.of(new TransformedData(
                item.value(),
                withoutAdded(item.attributes()),
                true,
                item.value().toUpperCase(Locale.ROOT),
                clock.instant()));
    }

    private static Map<String, JsonNode> withoutAdded(Map<String, JsonNode> attributes) {
        var kept = new LinkedHashMap<>(attributes);
        kept.keySet().removeAll(new HashSet<>(ADDED));
        return kept;
    }
}
