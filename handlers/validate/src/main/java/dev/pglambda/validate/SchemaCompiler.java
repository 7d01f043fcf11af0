package dev.pglambda.validate;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaException;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.OutputFormat;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion.VersionFlag;
import com.networknt.schema.ValidationMessage;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.OutOfTime;
import dev.pglambda.handler.SqlState;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Compiles schemas, or raises 22023 with where and why one is none; {@link OutOfTime} at the deadline. Thread-safe. */
@Singleton
class SchemaCompiler {

    private static final String HINT = "Correct the schema, or its \"$schema\" if another draft is meant.";

    /** Objects, arrays and what is in them. More would fill the memory, and collecting its garbage take the time. */
    private static final int MOST_PARTS = 50_000;

    private final MetaSchemas metaSchemas = new MetaSchemas();

    CompiledSchema compile(io.micronaut.json.tree.JsonNode source, Deadline deadline) {
        if (parts(source) > MOST_PARTS) {
            throw new HandlerException(
                    SqlState.PROGRAM_LIMIT_EXCEEDED,
                    "the schema has more than " + MOST_PARTS + " parts",
                    "",
                    "Compare with so many values in SQL instead: a table and a join take less time.");
        }
        JsonNode schema = JacksonTree.of(source);
        if (!schema.isObject() && !schema.isBoolean()) {
            throw HandlerException.invalid(
                    "a schema must be an object, true or false, not " + schema.getNodeType(),
                    "",
                    "Leave the option \"schema\" out to check without one.");
        }
        VersionFlag draft = MetaSchemas.draft(schema);
        References references = References.of(schema, draft);
        RunDeadline.endAt(deadline);
        try {
            checkItself(schema, draft, deadline);
            return compile(Restated.of(schema, draft), draft, references);
        } catch (JsonSchemaException | PatternSyntaxException e) {
            throw notValid(e);
        } finally {
            RunDeadline.endWhenDone();
        }
    }

    private CompiledSchema compile(JsonNode schema, VersionFlag draft, References references) {
        JsonSchemaFactory factory = metaSchemas.factory(draft);
        JsonSchema forgetful = schema(factory, schema, false);
        resolve(forgetful);
        return new CompiledSchema(() -> schema(factory, schema, true), forgetful, references.exist());
    }

    private static long parts(io.micronaut.json.tree.JsonNode node) {
        long parts = 1;
        if (node.isContainerNode()) {
            for (io.micronaut.json.tree.JsonNode child : node.values()) {
                parts += parts(child);
            }
        }
        return parts;
    }

    private void checkItself(JsonNode schema, VersionFlag draft, Deadline deadline) {
        var execution = new TimedExecution(deadline, true, Long.MAX_VALUE);
        Set<ValidationMessage> mistakes = metaSchemas.of(draft).validate(execution, schema, OutputFormat.DEFAULT);
        if (!mistakes.isEmpty()) {
            throw notValid(mistakes.stream()
                    .map(mistake -> "\"" + mistake.getInstanceLocation() + "\": " + mistake.getError())
                    .distinct()
                    .collect(Collectors.joining("; ")));
        }
    }

    private static JsonSchema schema(JsonSchemaFactory factory, JsonNode schema, boolean rememberReferences) {
        return factory.getSchema(SchemaLocation.DOCUMENT, schema, MetaSchemas.config(rememberReferences));
    }

    /** Compiles its keywords and finds what its references lead to, which the library else leaves to the first item. */
    private static void resolve(JsonSchema schema) {
        try {
            schema.initializeValidators();
        } catch (NullPointerException | IllegalArgumentException e) {
            // The library looks into what it has not found, or decodes what is not encoded.
            throw notValid("a \"$ref\" leads nowhere").causedBy(e);
        }
    }

    /** What the library found wrong with a schema, now or at an item that led it there; or that time is up. */
    static RuntimeException notValid(RuntimeException e) {
        if (e.getCause() instanceof HandlerException || e.getCause() instanceof OutOfTime) {
            return (RuntimeException) e.getCause();
        }
        Throwable reason = e.getCause() instanceof PatternSyntaxException ? e.getCause() : e;
        return notValid(String.valueOf(reason.getMessage())).causedBy(e);
    }

    private static HandlerException notValid(String why) {
        return HandlerException.invalid("the schema is not valid", why, HINT);
    }
}
