package dev.pglambda.validate;

import com.networknt.schema.JsonSchemaException;
import dev.pglambda.handler.Compiled;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.Heap;
import dev.pglambda.handler.OutOfTime;
import dev.pglambda.handler.SqlState;
import dev.pglambda.validate.Verdict.ValidationResult;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Checks data against a JSON Schema that the caller sends along. Keeps what it has compiled. Thread-safe. */
@Singleton
class SchemaValidation {

    private static final int MOST_SCHEMAS = 200;
    /** Compiled, a schema takes some twenty times as much memory as this counts: a kilobyte for each of its parts. */
    private static final long MOST_CHARACTERS = 1_000_000;

    private static final int CHARACTERS_OF_A_PART = 50;

    private final SchemaCompiler compiler;
    private final Clock clock;
    private final Compiled<JsonNode, CompiledSchema> schemas =
            new Compiled<>(MOST_SCHEMAS, MOST_CHARACTERS, SchemaValidation::size);

    SchemaValidation(SchemaCompiler compiler, Clock clock) {
        this.compiler = compiler;
        this.clock = clock;
    }

    /** What is wrong with the data, by the schema of the options; 22023 when that is not a schema. */
    Verdict of(JsonNode data, ValidateOptions options, Deadline deadline) {
        Mistakes mistakes = mistakes(data, options, deadline.early());
        return Verdict.of(new ValidationResult(
                mistakes.violations().isEmpty(), mistakes.missing(), mistakes.violations(), clock.instant()));
    }

    /** How many compiled schemas are kept. */
    int kept() {
        return schemas.count();
    }

    private Mistakes mistakes(JsonNode data, ValidateOptions options, Deadline deadline) {
        try {
            return check(data, options, deadline);
        } catch (OutOfTime e) {
            throw new HandlerException(
                    SqlState.EXTERNAL_ROUTINE_INVOCATION_EXCEPTION,
                    "the schema could not be checked in the time of the call",
                    "",
                    "Look for a pattern that backtracks or a schema that branches without end, or raise the time-out.");
        } catch (StackOverflowError e) {
            throw tooMuch("recursion", options.schema());
        } catch (OutOfMemoryError e) {
            HandlerException tooMuch = tooMuch("memory", options.schema());
            Heap.clear();
            throw tooMuch;
        }
    }

    private HandlerException tooMuch(String what, JsonNode schema) {
        schemas.forget(schema);
        return new HandlerException(
                SqlState.PROGRAM_LIMIT_EXCEEDED,
                "checking the schema takes more " + what + " than the function has",
                "",
                "Look for a \"$ref\" that leads back to itself, or send smaller items.");
    }

    private Mistakes check(JsonNode data, ValidateOptions options, Deadline deadline) {
        boolean assertFormat = Boolean.TRUE.equals(options.assertFormat());
        try {
            CompiledSchema schema = compiled(options.schema(), deadline);
            return Mistakes.of(schema.check(JacksonTree.of(data), assertFormat, deadline), deadline);
        } catch (JsonSchemaException | IllegalArgumentException e) {
            throw SchemaCompiler.notValid(e);
        }
    }

    private CompiledSchema compiled(JsonNode schema, Deadline deadline) {
        return schemas.get(schema, source -> compiler.compile(source, deadline));
    }

    /** Its characters and parts. */
    private static long size(JsonNode node) {
        long size = CHARACTERS_OF_A_PART;
        if (node.isString()) {
            size += node.getStringValue().length();
        } else if (node.isObject()) {
            for (var member : node.entries()) {
                size += member.getKey().length() + size(member.getValue());
            }
        } else if (node.isArray()) {
            for (JsonNode element : node.values()) {
                size += size(element);
            }
        }
        return size;
    }
}
