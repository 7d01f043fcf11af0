package dev.pglambda.validate;

import dev.pglambda.handler.Call;
import dev.pglambda.handler.DatabaseHandler;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.BeanProvider;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Inject;
import java.util.Optional;

/** Function {@code validate}: {@code SELECT validate_data('{"id": 789}')}. */
public class ValidateHandler extends DatabaseHandler<JsonNode, Verdict> {

    @Inject
    Validation validation;

    /** Made by the first call with a schema: only then is the library loaded. */
    @Inject
    BeanProvider<SchemaValidation> schemaValidation;

    /** For Lambda. */
    public ValidateHandler() {}

    /** For tests. */
    public ValidateHandler(ApplicationContext context) {
        super(context);
    }

    @Override
    protected Class<?> optionsType() {
        return ValidateOptions.class;
    }

    @Override
    protected Verdict handle(JsonNode item, Call call) {
        ValidateOptions options = call.options(ValidateOptions.class);
        return options.schema() == null
                ? validation.of(item)
                : schemaValidation.get().of(item, options, call.deadline());
    }

    @Override
    protected Optional<Verdict> rehearse(JsonNode item, Call call) {
        return Optional.of(handle(item, call));
    }
}
