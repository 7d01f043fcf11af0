package dev.pglambda.validate;

import dev.harrel.jsonschema.Error;
import dev.pglambda.validate.Verdict.Violation;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Converts the library's errors to the violations in the result. */
final class Violations {

    private static final int LONGEST_MESSAGE = 1_000;

    private static final Set<String> NESTED =
            Set.of("additionalProperties", "unevaluatedProperties", "additionalItems", "unevaluatedItems", "items");

    private Violations() {}

    /** All violations, each once. */
    static List<Violation> of(List<Error> errors) {
        return errors.stream().flatMap(Violations::of).distinct().toList();
    }

    /** The members that the schema requires of the item itself. */
    static List<String> missingFields(List<Error> errors) {
        return errors.stream()
                .filter(e -> isMissing(e) && e.getInstanceLocation().isEmpty())
                .flatMap(Violations::missing)
                .distinct()
                .toList();
    }

    private static Stream<Violation> of(Error error) {
        String path = error.getInstanceLocation();
        if (isMissing(error)) {
            return missing(error)
                    .map(name -> new Violation(path, "required", "required property '" + name + "' not found"));
        }
        if (error.getKeyword() == null) {
            return Stream.of(new Violation(path, keyword(error), "is not allowed"));
        }
        return Stream.of(new Violation(path, error.getKeyword(), shortened(error.getError())));
    }

    /** Shortens a message: some of the library's messages repeat the item's text. */
    private static String shortened(String message) {
        return message.codePointCount(0, message.length()) <= LONGEST_MESSAGE
                ? message
                : message.substring(0, message.offsetByCodePoints(0, LONGEST_MESSAGE)) + "…";
    }

    private static boolean isMissing(Error error) {
        return "required".equals(error.getKeyword());
    }

    private static Stream<String> missing(Error error) {
        return Arrays.stream(error.getError().split(SchemaKeywords.SEPARATOR));
    }

    /** The keyword whose schema is false, such as {@code additionalProperties}; otherwise "false". */
    private static String keyword(Error error) {
        String path = error.getEvaluationPath();
        String last = path.substring(path.lastIndexOf('/') + 1);
        return NESTED.contains(last) ? last : "false";
    }
}
