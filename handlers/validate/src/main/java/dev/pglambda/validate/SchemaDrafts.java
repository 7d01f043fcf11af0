package dev.pglambda.validate;

import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.SpecificationVersion;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.pglambda.handler.HandlerException;
import java.net.URI;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The drafts of JSON Schema, and their schemas for schemas. Thread-safe. */
final class SchemaDrafts {

    /** One validator for all schemas, since reading the schemas of the drafts takes some milliseconds. */
    private static final Validator SCHEMAS_OF_SCHEMAS =
            new ValidatorFactory().withJsonNodeFactory(new SchemaNode.Factory()).createValidator();

    private SchemaDrafts() {}

    /** Raises 22023 when the draft is unknown, or the schema is not valid in this draft. */
    static void check(String draft, JsonNode schema) {
        URI uri = uri(draft)
                .orElseThrow(() -> HandlerException.invalid(
                        "the schema is written in \"" + draft + "\", which is not supported",
                        "",
                        "Supported are the drafts 4, 6, 7, 2019-09 and 2020-12 of json-schema.org."));
        Validator.Result result = SCHEMAS_OF_SCHEMAS.validate(uri, schema);
        if (!result.isValid()) {
            throw notValid(result.getErrors().stream()
                    .map(e -> "\"" + e.getInstanceLocation() + "\": " + e.getError())
                    .distinct()
                    .collect(Collectors.joining("; ")));
        }
    }

    static HandlerException notValid(String why) {
        return HandlerException.invalid(
                "the schema is not valid", why, "Correct the schema, or its \"$schema\" if another draft is meant.");
    }

    private static Optional<URI> uri(String draft) {
        String id = draft.replaceFirst("#$", "");
        return Arrays.stream(SpecificationVersion.values())
                .map(SpecificationVersion::getId)
                .filter(known -> known.replaceFirst("#$", "").equals(id))
                .map(URI::create)
                .findFirst();
    }
}
