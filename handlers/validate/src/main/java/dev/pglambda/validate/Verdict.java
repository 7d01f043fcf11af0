package dev.pglambda.validate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.serde.annotation.Serdeable;
import java.time.Instant;
import java.util.List;

/** The answer of {@code validate}, in the words of the system that it replaces. Invalid data is an answer, no error. */
@Serdeable
public record Verdict(String status, String message, ValidationResult validationResult) {

    static Verdict of(ValidationResult result) {
        return result.isValid()
                ? new Verdict("success", "Data is valid", result)
                : new Verdict("error", "Data is invalid", result);
    }

    /**
     * What was found.
     *
     * @param missingFields the required members that are absent or null: all of them; with a schema, those that it
     *     requires of the item itself and that are absent
     * @param violations everything that is wrong, the missing members included
     */
    @Serdeable
    public record ValidationResult(
            boolean isValid, List<String> missingFields, List<Violation> violations, Instant timestamp) {}

    /**
     * One thing that is wrong.
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
