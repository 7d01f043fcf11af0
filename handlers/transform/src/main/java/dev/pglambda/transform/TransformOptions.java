package dev.pglambda.transform;

import dev.pglambda.handler.HandlerException;
import io.micronaut.core.annotation.Nullable;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.annotation.Serdeable;

/**
 * The options of {@code transform}.
 *
 * @param expression a JSONata expression, whose value is the result; without it, the item's text goes to upper case
 * @param bindings an object whose members are variables of the expression: {@code {"rate": 2}} is {@code $rate}
 */
@Serdeable
public record TransformOptions(
        @Nullable String expression, @Nullable JsonNode bindings) {

    /** Raises 22023 for bindings without an expression, and for bindings that are not an object. */
    void check() {
        if (hasBindings() && !bindings.isObject()) {
            throw mistaken("bindings must be an object");
        }
        if (hasBindings() && expression == null) {
            throw mistaken("bindings are the variables of an expression, and there is none");
        }
    }

    boolean hasBindings() {
        return bindings != null && !bindings.isNull();
    }

    private static HandlerException mistaken(String what) {
        return HandlerException.invalid(
                what, "", "The form: {\"expression\": \"value * $rate\", \"bindings\": {\"rate\": 2}}.");
    }
}
