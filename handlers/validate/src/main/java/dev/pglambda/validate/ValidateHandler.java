package dev.pglambda.validate;

import dev.pglambda.handler.Call;
import dev.pglambda.handler.DatabaseHandler;
import io.micronaut.context.ApplicationContext;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Inject;
import java.util.Optional;

/** Function {@code validate}: {@code SELECT validate_data('{"id": 789}')}. */
public class ValidateHandler extends DatabaseHandler<JsonNode, Verdict> {

    @Inject
    Validation validation;

    /** For Lambda. */
    public ValidateHandler() {}

    /** For tests. */
    public ValidateHandler(ApplicationContext context) {
        super(context);
    }

    @Override
    protected Verdict handle(JsonNode item, Call call) {
        return validation.of(item);
    }

    @Override
    protected Optional<Verdict> rehearse(JsonNode item, Call call) {
        return Optional.of(handle(item, call));
    }
}
