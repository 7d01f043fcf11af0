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
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/** Compiles schemas, or raises 22023 with where and why one is none. Thread-safe. */
@Singleton
class SchemaCompiler {

    private static final String HINT = "Correct the schema, or its \"$schema\" if another draft is meant.";

    private final MetaSchemas metaSchemas = new MetaSchemas();

    CompiledSchema compile(JsonNode schema, Deadline deadline) {
        if (!schema.isObject() && !schema.isBoolean()) {
            throw HandlerException.invalid(
                    "a schema must be an object, true or false, not " + schema.getNodeType(),
                    "",
                    "Leave the option \"schema\" out to check without one.");
        }
        References references = References.of(schema);
        VersionFlag draft = MetaSchemas.draft(schema);
        checkItself(schema, draft, deadline);
        JsonSchemaFactory factory = metaSchemas.factory(draft);
        JsonSchema forgetful = schema(factory, schema, false);
        resolve(forgetful);
        return new CompiledSchema(() -> schema(factory, schema, true), forgetful, references.exist());
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
        } catch (JsonSchemaException | PatternSyntaxException e) {
            throw notValid(e);
        } catch (NullPointerException e) {
            // The library looks into what it has not found.
            throw notValid("a \"$ref\" leads nowhere").causedBy(e);
        }
    }

    /** What the library found wrong with a schema, now or at an item that led it there. */
    static HandlerException notValid(RuntimeException e) {
        if (e.getCause() instanceof HandlerException refused) {
            return refused;
        }
        return notValid(String.valueOf(e.getMessage())).causedBy(e);
    }

    private static HandlerException notValid(String why) {
        return HandlerException.invalid("the schema is not valid", why, HINT);
    }
}
