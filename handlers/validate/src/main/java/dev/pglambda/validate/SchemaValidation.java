package dev.pglambda.validate;

import dev.harrel.jsonschema.Error;
import dev.pglambda.handler.Handler;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.SqlState;
import dev.pglambda.json.JsonText;
import dev.pglambda.program.BoundedCache;
import dev.pglambda.program.ProgramRunner;
import dev.pglambda.validate.Verdict.ValidationResult;
import dev.pglambda.validate.Verdict.Violation;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.function.Function;

/** Checks data against a JSON Schema of the caller. Keeps compiled schemas. Thread-safe. */
@Singleton
class SchemaValidation {

    private static final int MOST_SCHEMAS = 200;
    /** A compiled schema takes some twenty times as much memory. */
    private static final long MOST_CHARACTERS = 1_000_000;

    private final ProgramRunner runner;
    private final Clock clock;
    private final BoundedCache<ValidateOptions, CompiledSchema> schemas =
            new BoundedCache<>(MOST_SCHEMAS, MOST_CHARACTERS, options -> JsonText.of(options.schema())
                    .length());

    SchemaValidation(ProgramRunner runner, Clock clock) {
        this.runner = runner;
        this.clock = clock;
    }

    /** The handler that checks items by the schema of the options. It raises 22023 when that is not a schema. */
    Handler<JsonNode, Verdict> handler(ValidateOptions options) {
        return runner.handler("checking the schema", () -> check(options));
    }

    /** How many compiled schemas are kept. */
    int kept() {
        return schemas.count();
    }

    private Function<JsonNode, Verdict> check(ValidateOptions options) {
        try {
            CompiledSchema schema = schemas.get(
                    options, key -> new CompiledSchema(key.schema(), Boolean.TRUE.equals(key.assertFormat())));
            return item -> verdict(schema, item);
        } catch (StackOverflowError e) {
            throw tooDeep();
        }
    }

    private Verdict verdict(CompiledSchema schema, JsonNode item) {
        try {
            List<Error> errors = schema.check(item).getErrors();
            List<Violation> violations = Violations.of(errors);
            return Verdict.of(new ValidationResult(
                    violations.isEmpty(), Violations.missingFields(errors), violations, clock.instant()));
        } catch (StackOverflowError e) {
            throw tooDeep();
        }
    }

    private static HandlerException tooDeep() {
        return new HandlerException(
                SqlState.PROGRAM_LIMIT_EXCEEDED,
                "checking the schema nests too deep",
                "",
                "Look for a \"$ref\" that leads back to itself, or for a pattern that repeats alternatives.");
    }
}
