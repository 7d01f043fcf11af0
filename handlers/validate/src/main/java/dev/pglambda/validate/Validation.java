package dev.pglambda.validate;

import dev.pglambda.json.ExactNumber;
import dev.pglambda.validate.Verdict.ValidationResult;
import dev.pglambda.validate.Verdict.Violation;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks data against what {@code process} takes: an integer {@code id} from 1, a text {@code value}. Thread-safe. */
@Singleton
class Validation {

    private static final List<String> REQUIRED = List.of("id", "value");

    private final Clock clock;

    Validation(Clock clock) {
        this.clock = clock;
    }

    Verdict of(JsonNode data) {
        List<String> missing =
                REQUIRED.stream().filter(field -> isMissing(data, field)).toList();
        List<Violation> violations = new ArrayList<>();
        if (!data.isObject()) {
            violations.add(new Violation("", "must be an object"));
        }
        for (String field : missing) {
            violations.add(new Violation("/" + field, "is required"));
        }
        if (data.isObject()) {
            idViolation(data).ifPresent(violations::add);
            valueViolation(data).ifPresent(violations::add);
        }
        return Verdict.of(new ValidationResult(violations.isEmpty(), missing, violations, clock.instant()));
    }

    private static boolean isMissing(JsonNode data, String field) {
        return !data.isObject() || data.get(field) == null || data.get(field).isNull();
    }

    private static Optional<Violation> idViolation(JsonNode data) {
        if (isMissing(data, "id")) {
            return Optional.empty();
        }
        JsonNode id = data.get("id");
        boolean right = id.isNumber() && isWholeFromOne(id.getBigDecimalValue());
        return right ? Optional.empty() : Optional.of(new Violation("/id", "must be an integer from 1"));
    }

    private static boolean isWholeFromOne(BigDecimal id) {
        return id.signum() > 0 && ExactNumber.isWhole(id) && id.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0;
    }

    private static Optional<Violation> valueViolation(JsonNode data) {
        if (isMissing(data, "value")) {
            return Optional.empty();
        }
        JsonNode value = data.get("value");
        boolean right = value.isString() && !value.getStringValue().isBlank();
        return right ? Optional.empty() : Optional.of(new Violation("/value", "must be text that is not blank"));
    }
}
