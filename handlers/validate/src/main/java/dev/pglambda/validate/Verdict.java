package dev.pglambda.validate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;

/**
 * The result of {@code validate}, with the members of the system that it replaces. Invalid data gives a result, not an
 * error.
 */
@Serdeable
public record Verdict(String status, String message, ValidationResult validationResult) {

    static Verdict of(ValidationResult result) {
        return result.isValid()
                ? new Verdict("success", "Data is valid", result)
                : new Verdict("error", "Data is invalid", result);
    }

    /**
     * The details of the result.
     *
     * @param missingFields all required members that are absent or null; with a schema, all absent members that it
     *     requires of the item itself
     * @param violations all violations, also for the missing members
     */
    @Serdeable
    public record ValidationResult(
            boolean isValid, List<String> missingFields, List<Violation> violations, Instant timestamp) {}

    /**
     * One violation.
     *
     * @param path JSON Pointer to the place; empty for the whole value
     * @param keyword the keyword of the schema that it violates; absent without a schema
     */
    @Serdeable
    public record Violation(
            String path,

            @Nullable @JsonInclude(JsonInclude.Include.NON_NULL)
            String keyword,

            String message) {

        Violation(String path, String message) {
            this(path, null, message);
        }
    }
}
