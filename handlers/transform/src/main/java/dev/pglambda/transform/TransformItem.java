package dev.pglambda.transform;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.Objects;

/**
 * What {@code transform} takes: any object with a text {@code value}.
 *
 * @param value the text to transform
 * @param attributes all other members of the object, kept as they are
 */
@Serdeable
public record TransformItem(
        @NotNull String value, @JsonAnySetter Map<String, JsonNode> attributes) {

    public TransformItem {
        attributes = Objects.requireNonNullElse(attributes, Map.of());
    }

    /** Written out so that the accessor does not get the annotation of the component, which is for setters. */
    @Override
    public Map<String, JsonNode> attributes() {
        return attributes;
    }
}
