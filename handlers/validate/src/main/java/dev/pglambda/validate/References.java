package dev.pglambda.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.SqlState;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** What a schema refers to, read before it is compiled. */
final class References {

    /** Deeper than any schema that a person writes, and far from the end of the stack. */
    private static final int DEEPEST = 200;

    private static final int LONGEST_NAME = 300;
    private static final Pattern OF_A_DRAFT = Pattern.compile("https?://json-schema\\.org/draft.*");

    private final Set<String> identified = new HashSet<>();
    private final List<String> targets = new ArrayList<>();

    private References() {}

    /**
     * Reads the schema; raises 22023 where it refers to another document, and 54000 where it is nested too deeply.
     *
     * <p>Only references that are absolute are judged here. The library finds the others, when it resolves them.
     */
    static References of(JsonNode schema, VersionFlag draft) {
        References references = new References();
        references.read(schema, draft, "", 0);
        for (String target : references.targets) {
            String document = target.replaceFirst("#.*$", "");
            boolean absolute = document.matches("[A-Za-z][A-Za-z0-9+.-]*:.*");
            boolean here = references.identified.contains(document)
                    || OF_A_DRAFT.matcher(document).matches();
            if (absolute && !here) {
                throw refused(target);
            }
        }
        return references;
    }

    /** Whether there are any at all. */
    boolean exist() {
        return !targets.isEmpty();
    }

    static HandlerException refused(String target) {
        return HandlerException.invalid(
                "the schema refers to " + shortened(target) + ", and no schema is fetched",
                "",
                "Put that schema under \"$defs\", with its \"$id\", and refer to it there.");
    }

    private static String shortened(String target) {
        return target.length() > LONGEST_NAME ? target.substring(0, LONGEST_NAME) + "…" : target;
    }

    private void read(JsonNode schema, VersionFlag draft, String base, int depth) {
        if (depth > DEEPEST) {
            throw new HandlerException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    "the schema is nested more than " + DEEPEST + " levels deep",
                    "",
                    "Put its inner parts under \"$defs\" and refer to them.");
        }
        VersionFlag own = MetaSchemas.draft(schema, draft);
        String here = base;
        JsonNode id = schema.path(MetaSchemas.idKeyword(own));
        if (id.isTextual()) {
            here = resolve(base, id.textValue());
            identified.add(here.replaceFirst("#.*$", ""));
        }
        boolean alone = depth > 0 && MetaSchemas.referencesStandAlone(own);
        for (String name : List.of("$ref", "$dynamicRef", "$recursiveRef")) {
            if (schema.path(name).isTextual()) {
                targets.add(resolve(alone ? base : here, schema.get(name).textValue()));
            }
        }
        for (JsonNode inner : Subschemas.of(schema)) {
            read(inner, own, here, depth + 1);
        }
    }

    private static String resolve(String base, String reference) {
        try {
            String resolved = base.isEmpty()
                    ? reference
                    : URI.create(base).resolve(reference).toString();
            return resolved.replaceFirst("^file:/+", "file:/"); // of which Java writes now one and now three
        } catch (IllegalArgumentException e) {
            return reference; // not a URI: the schema of schemas says so
        }
    }
}
