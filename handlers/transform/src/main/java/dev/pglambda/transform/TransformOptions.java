package dev.pglambda.transform;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;

/**
 * The options of {@code transform}.
 *
 * @param expression a JSONata expression, whose value is the result; without it, the item's text goes to upper case
 * @param bindings an object whose members are variables of the expression: {@code {"rate": 2}} is {@code $rate}
 */
@Serdeable
public record TransformOptions(
        @Nullable String expression, @Nullable JsonNode bindings) {}
