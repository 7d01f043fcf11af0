package dev.pglambda.validate;

import dev.harrel.jsonschema.Dialects;
import dev.harrel.jsonschema.Evaluator;
import dev.harrel.jsonschema.Evaluator.Result;
import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.SchemaParsingContext;
import java.math.BigInteger;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Replaces keywords of the library: patterns are ECMAScript's, and each missing member is named. Refuses what the
 * library would ignore. Used once, for one schema.
 */
final class SchemaKeywords implements EvaluatorFactory {

    /** Separates the names of missing members; no request contains it. */
    static final String SEPARATOR = "\0";

    private static final Set<String> LEAST_COUNTS = Set.of("minLength", "minItems", "minProperties", "minContains");

    private static final Set<String> REFERENCES = Set.of("$ref", "$dynamicRef");

    private static final Set<String> IDS = Set.of("$id", "id");

    private static final BigInteger LARGEST_COUNT = BigInteger.valueOf(Integer.MAX_VALUE);

    /** The places of values that are data, although they look like schemas. */
    private static final Pattern DATA =
            Pattern.compile("(?<!/(?:properties|patternProperties|\\$defs|definitions|dependentSchemas|dependencies))"
                    + "/(?:const|enum|default|examples)/.*");

    /** The dialect of draft 7 serves for all drafts here: it does not ask for vocabularies. */
    private final EvaluatorFactory library = new Dialects.Draft7Dialect().getEvaluatorFactory();

    private final Set<String> references = new LinkedHashSet<>();
    private final boolean beforeDraft2019;

    /** For a schema of this draft. */
    SchemaKeywords(String draft) {
        this.beforeDraft2019 = draft.contains("/draft-0");
    }

    /** The targets of the schema's references, as URIs. */
    Set<String> references() {
        return references;
    }

    @Override
    public Optional<Evaluator> create(SchemaParsingContext context, String keyword, JsonNode value) {
        if (DATA.matcher(value.getJsonPointer()).find()) {
            return Optional.empty();
        }
        if (keyword.equals("pattern") && value.isString()) {
            return Optional.of(pattern(value.asString()));
        }
        if (keyword.equals("patternProperties") && value.isObject()) {
            return library.create(context, keyword, inJava(value));
        }
        if (keyword.equals("required") && value.isArray()) {
            return Optional.of(
                    required(value.asArray().stream().map(JsonNode::asString).toList()));
        }
        check(context, keyword, value);
        return Optional.empty();
    }

    private void check(SchemaParsingContext context, String keyword, JsonNode value) {
        if (keyword.equals("$schema") && value.isString()) {
            SchemaDrafts.check(value.asString(), SchemaNode.object(context.getCurrentSchemaObject()));
        } else if (REFERENCES.contains(keyword) && value.isString()) {
            addReference(context, value.asString());
        } else if (LEAST_COUNTS.contains(keyword)
                && value.isInteger()
                && value.asInteger().compareTo(LARGEST_COUNT) > 0) {
            throw SchemaDrafts.notValid("\"" + value.getJsonPointer() + "\": is more than " + LARGEST_COUNT);
        }
    }

    private static Evaluator pattern(String source) {
        Pattern pattern = EcmaScriptPattern.of(source);
        return (context, node) ->
                !node.isString() || pattern.matcher(node.asString()).find()
                        ? Result.success()
                        : Result.failure("does not match the pattern " + source);
    }

    private static JsonNode inJava(JsonNode patternProperties) {
        Map<String, JsonNode> translated = new LinkedHashMap<>();
        patternProperties.asObject().forEach((pattern, schema) -> {
            if (translated.put(EcmaScriptPattern.of(pattern).pattern(), schema) != null) {
                throw SchemaDrafts.notValid("\"" + schema.getJsonPointer() + "\": is the same pattern as another");
            }
        });
        return SchemaNode.object(translated);
    }

    private static Evaluator required(List<String> names) {
        return (context, node) -> {
            if (!node.isObject() || node.asObject().keySet().containsAll(names)) {
                return Result.success();
            }
            List<String> missing = new ArrayList<>(new LinkedHashSet<>(names));
            missing.removeAll(node.asObject().keySet());
            return Result.failure(String.join(SEPARATOR, missing));
        };
    }

    private void addReference(SchemaParsingContext context, String reference) {
        String[] parts = reference.split("#", 2);
        String fragment = parts.length == 1 ? "" : parts[1];
        URLDecoder.decode(fragment, StandardCharsets.UTF_8); // throws for a text that the library would ignore
        URI document = parts[0].isEmpty()
                ? context.getParentUri()
                : context.getParentUri().resolve(parts[0]);
        // Up to draft 7, an id beside a reference is ignored, and this parent would be wrong.
        if (Collections.disjoint(context.getCurrentSchemaObject().keySet(), IDS) || !beforeDraft2019) {
            references.add(document + "#" + fragment);
        }
    }
}
