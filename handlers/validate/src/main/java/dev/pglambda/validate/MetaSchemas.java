package dev.pglambda.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.AbsoluteIri;
import com.networknt.schema.JsonMetaSchema;
import com.networknt.schema.JsonNodePath;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.JsonValidator;
import com.networknt.schema.Keyword;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.SpecVersionDetector;
import com.networknt.schema.ValidationContext;
import com.networknt.schema.resource.InputStreamSource;
import com.networknt.schema.resource.SchemaLoader;
import dev.pglambda.handler.HandlerException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The drafts of JSON Schema, with the schemas of schemas out of the library's jar. Nothing else is ever loaded, from no
 * network and no file; nothing that a caller's schema says is logged or kept. Thread-safe.
 */
final class MetaSchemas {

    private static final Pattern SHIPPED = Pattern.compile("classpath:/?/?(draft-0[467]/schema|draft/2019-09/(schema"
            + "|meta/(core|applicator|validation|meta-data|format|content))|draft/2020-12/(schema"
            + "|meta/(core|applicator|unevaluated|validation|meta-data|format-annotation|content)))");

    private final Map<VersionFlag, JsonSchemaFactory> factories = new EnumMap<>(VersionFlag.class);

    /** The library's settings: numbers such as 1.0 are integers, and places are JSON Pointers. */
    static SchemaValidatorsConfig config(boolean rememberReferences) {
        return SchemaValidatorsConfig.builder()
                .pathType(PathType.JSON_POINTER)
                .losslessNarrowing(true)
                .locale(Locale.ROOT)
                .regularExpressionFactory(new TimedPatterns())
                .preloadJsonSchema(false)
                .preloadJsonSchemaRefMaxNestingDepth(0)
                .cacheRefs(rememberReferences)
                .build();
    }

    /** The draft that the schema is written in; 2020-12 if it does not say. */
    static VersionFlag draft(JsonNode schema) {
        JsonNode named = schema.get("$schema");
        if (named == null) {
            return VersionFlag.V202012;
        }
        return SpecVersionDetector.detectOptionalVersion(named.asText())
                .orElseThrow(() -> HandlerException.invalid(
                        "the schema is written in " + named + ", which is not known here",
                        "",
                        "Of \"$schema\", the drafts 4, 6, 7, 2019-09 and 2020-12 of json-schema.org are known."));
    }

    /** The draft of a schema inside of one: that one's, if it names none itself. */
    static VersionFlag draft(JsonNode schema, VersionFlag outer) {
        return schema.path("$schema").isTextual()
                ? SpecVersionDetector.detectOptionalVersion(
                                schema.get("$schema").textValue())
                        .orElse(outer)
                : outer;
    }

    /** The member of a schema that says its URI. */
    static String idKeyword(VersionFlag draft) {
        return draft == VersionFlag.V4 ? "id" : "$id";
    }

    /** Whether nothing counts that stands beside a {@code $ref}, as up to draft 7. */
    static boolean referencesStandAlone(VersionFlag draft) {
        return draft.getVersionFlagValue() < VersionFlag.V201909.getVersionFlagValue();
    }

    /** What the draft says that a schema must be. */
    JsonSchema of(VersionFlag draft) {
        return factory(draft).getSchema(SchemaLocation.of(draft.getId()), config(true));
    }

    synchronized JsonSchemaFactory factory(VersionFlag draft) {
        return factories.computeIfAbsent(draft, version -> JsonSchemaFactory.builder()
                .defaultMetaSchemaIri(quiet(version).getIri())
                .metaSchema(quiet(version))
                .metaSchemaFactory((iri, factory, config) -> quiet(
                        SpecVersionDetector.detectOptionalVersion(iri).orElseThrow(() -> References.refused(iri))))
                .schemaLoaders(loaders -> loaders.add(new ShippedOnly()))
                .build());
    }

    /** The draft's keywords, with ours where the library's would take all the time; unknown ones say nothing. */
    private static JsonMetaSchema quiet(VersionFlag draft) {
        JsonMetaSchema plain = JsonSchemaFactory.checkVersion(draft).getInstance();
        JsonMetaSchema quiet = JsonMetaSchema.builder(plain)
                .unknownKeywordFactory((name, context) -> null)
                .format(new TimedRegexFormat())
                .build();
        quiet.getKeywords().put("uniqueItems", new Own("uniqueItems", TimedUniqueItems::new));
        quiet.getKeywords().put("enum", new Own("enum", TimedEnum::new));
        quiet.getKeywords().replaceAll((name, keyword) -> new QuietKeyword(keyword));
        return quiet;
    }

    private interface Maker {
        JsonValidator make(
                SchemaLocation location,
                JsonNodePath path,
                JsonNode node,
                JsonSchema parent,
                ValidationContext context);
    }

    private record Own(String getValue, Maker maker) implements Keyword {

        @Override
        public JsonValidator newValidator(
                SchemaLocation location,
                JsonNodePath path,
                JsonNode node,
                JsonSchema parent,
                ValidationContext context) {
            return maker.make(location, path, node, parent, context);
        }
    }

    /** Stands before the library's loaders, of which one would fetch from the network. */
    private static final class ShippedOnly implements SchemaLoader {

        @Override
        public InputStreamSource getSchema(AbsoluteIri iri) {
            if (SHIPPED.matcher(iri.toString()).matches()) {
                return null; // the next loader has it
            }
            throw References.refused(iri.toString().replaceFirst("^classpath:/*", "https://json-schema.org/"));
        }
    }
}
