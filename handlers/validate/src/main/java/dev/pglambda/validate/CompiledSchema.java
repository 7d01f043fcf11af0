package dev.pglambda.validate;

import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.FormatEvaluatorFactory;
import dev.harrel.jsonschema.SchemaResolver;
import dev.harrel.jsonschema.Validator;
import dev.harrel.jsonschema.ValidatorFactory;
import dev.pglambda.handler.HandlerException;
import io.micronaut.json.tree.JsonNode;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A schema that is ready to check items. It refers only to itself and to the schemas of the drafts. Thread-safe. */
final class CompiledSchema {

    private static final String LATEST_DRAFT = "https://json-schema.org/draft/2020-12/schema";
    private static final URI BASE = URI.create("https://schema.invalid/");
    private static final URI PROBE = URI.create("https://probe.invalid/");

    private final SchemaKeywords keywords;
    private final Validator validator;
    private final URI uri;

    /** Compiles a schema; raises 22023 with the place and the reason when it is not one. */
    CompiledSchema(JsonNode schema, boolean assertFormat) {
        if (!schema.isObject() && !schema.isBoolean()) {
            throw HandlerException.invalid(
                    "a schema must be an object, true or false",
                    "",
                    "Leave the option \"schema\" out to check without one.");
        }
        SchemaNode root = SchemaNode.root(schema);
        SchemaDrafts.check(draft(schema), root);
        this.keywords = new SchemaKeywords(draft(schema));
        this.validator = validator(assertFormat);
        try {
            this.uri = validator.registerSchema(BASE, root);
            checkReferences();
        } catch (IllegalArgumentException e) {
            throw SchemaDrafts.notValid(e.getMessage());
        }
    }

    /** Checks an item; the result has all violations. */
    Validator.Result check(JsonNode item) {
        return validator.validate(uri, SchemaNode.root(item));
    }

    private static String draft(JsonNode schema) {
        return Optional.ofNullable(schema.get("$schema"))
                .filter(JsonNode::isString)
                .map(JsonNode::getStringValue)
                .orElse(LATEST_DRAFT);
    }

    private Validator validator(boolean assertFormat) {
        return new ValidatorFactory()
                .withDisabledSchemaValidation(true) // SchemaDrafts checks it
                .withJsonNodeFactory(new SchemaNode.Factory())
                .withEvaluatorFactory(
                        assertFormat
                                ? EvaluatorFactory.compose(keywords, new SchemaFormats(), new FormatEvaluatorFactory())
                                : keywords)
                .withSchemaResolver(CompiledSchema::resolve)
                .createValidator();
    }

    /** The library asks this method first; it then finds the schemas of the drafts in its jar. */
    private static SchemaResolver.Result resolve(String uri) {
        if (uri.startsWith("https://json-schema.org/draft/") || uri.startsWith("http://json-schema.org/draft-0")) {
            return SchemaResolver.Result.empty();
        }
        throw HandlerException.invalid(
                "the schema refers to " + uri + ", and no schema is fetched",
                "",
                "Put the schema that is referred to under \"$defs\", with its \"$id\".");
    }

    /**
     * Checks all references by a schema that has them all: the library reports a missing target as a mistake of the
     * item.
     */
    private void checkReferences() {
        List<JsonNode> all = keywords.references().stream()
                .map(target -> JsonNode.createObjectNode(Map.of("$ref", JsonNode.createStringNode(target))))
                .toList();
        JsonNode probe = JsonNode.createObjectNode(Map.of("allOf", JsonNode.createArrayNode(all)));
        validator.registerSchema(PROBE, SchemaNode.root(probe));
        validator.validate(PROBE, SchemaNode.root(JsonNode.nullNode())).getErrors().stream()
                .filter(e -> "$ref".equals(e.getKeyword()))
                .findFirst()
                .ifPresent(e -> {
                    throw SchemaDrafts.notValid(e.getError());
                });
    }
}
