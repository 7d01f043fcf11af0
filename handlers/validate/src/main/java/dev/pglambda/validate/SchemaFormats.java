package dev.pglambda.validate;

import dev.harrel.jsonschema.Evaluator;
import dev.harrel.jsonschema.Evaluator.Result;
import dev.harrel.jsonschema.EvaluatorFactory;
import dev.harrel.jsonschema.JsonNode;
import dev.harrel.jsonschema.SchemaParsingContext;
import dev.pglambda.handler.HandlerException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Replaces formats of the library: dates and times are those of RFC 3339, patterns those of ECMAScript. Thread-safe.
 */
final class SchemaFormats implements EvaluatorFactory {

    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern TIME =
            Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d+)?([zZ]|[+-]([01]\\d|2[0-3]):[0-5]\\d)");
    private static final Pattern UUID = Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

    private static final Map<String, Predicate<String>> FORMATS = Map.of(
            "date",
            SchemaFormats::isDate,
            "time",
            TIME.asMatchPredicate(),
            "date-time",
            text -> text.matches("(?s).{10}[tT].*")
                    && isDate(text.substring(0, 10))
                    && TIME.matcher(text.substring(11)).matches(),
            "uuid",
            UUID.asMatchPredicate(),
            "regex",
            SchemaFormats::isPattern);

    @Override
    public Optional<Evaluator> create(SchemaParsingContext context, String keyword, JsonNode value) {
        if (!keyword.equals("format") || !value.isString() || !FORMATS.containsKey(value.asString())) {
            return Optional.empty();
        }
        Predicate<String> format = FORMATS.get(value.asString());
        return Optional.of((evaluation, node) -> !node.isString() || format.test(node.asString())
                ? Result.success()
                : Result.failure("is not of the format " + value.asString()));
    }

    private static boolean isDate(String text) {
        try {
            return DATE.matcher(text).matches() && LocalDate.parse(text) != null;
        } catch (DateTimeException e) {
            return false;
        }
    }

    private static boolean isPattern(String text) {
        try {
            return EcmaScriptPattern.of(text) != null;
        } catch (HandlerException e) {
            return false;
        }
    }
}
