package dev.pglambda.validate;

import io.micronaut.core.annotation.Nullable;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;

/**
 * The options of {@code validate}.
 *
 * @param schema a JSON Schema: an object, true or false; without it, the item is checked against what {@code process}
 *     takes
 * @param assertFormat whether {@code format} is checked; false by default, which JSON Schema allows
 */
@Serdeable
public record ValidateOptions(
        @Nullable JsonNode schema, @Nullable Boolean assertFormat) {}
