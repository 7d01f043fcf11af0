package dev.pglambda.process;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.util.Map;
import java.util.Objects;

/**
 * What {@code process} takes.
 *
 * @param id identifies the item; 1 or more
 * @param value the item's text, not blank
 * @param attributes all other members of the object, kept as they are
 */
@Serdeable
public record ProcessItem(
        @NotNull @Min(1) Long id,
        @NotBlank String value,
        @JsonAnySetter Map<String, JsonNode> attributes) {

    public ProcessItem {
        attributes = Objects.requireNonNullElse(attributes, Map.of());
    }

    /** Written out so that the accessor does not get the annotation of the component, which is for setters. */
    @Override
    public Map<String, JsonNode> attributes() {
        return attributes;
    }
}
