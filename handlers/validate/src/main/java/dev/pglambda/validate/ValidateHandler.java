package dev.pglambda.validate;

import dev.pglambda.handler.Call;
import dev.pglambda.handler.Handler;
import dev.pglambda.handler.Outcome;
import io.micronaut.context.BeanProvider;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/** Function {@code validate}: {@code SELECT validate_data('{"id": 789}')}. */
@Singleton
class ValidateHandler implements Handler<JsonNode, Verdict> {

    private final Validation validation;
    private final BeanProvider<SchemaValidation> schemaValidation;

    /**
     * For injection.
     *
     * @param schemaValidation created by the first call with a schema, which loads the library
     */
    ValidateHandler(Validation validation, BeanProvider<SchemaValidation> schemaValidation) {
        this.validation = validation;
        this.schemaValidation = schemaValidation;
    }

    @Override
    public Class<?> optionsType() {
        return ValidateOptions.class;
    }

    @Override
    public Verdict handle(JsonNode item, Call call) {
        return handler(call).handle(item, call);
    }

    @Override
    public List<Outcome<Verdict>> handleAll(List<JsonNode> batch, Call call) {
        return handler(call).handleAll(batch, call);
    }

    private Handler<JsonNode, Verdict> handler(Call call) {
        ValidateOptions options = call.options(ValidateOptions.class);
        return options.schema() == null
                ? (item, itemCall) -> validation.of(item)
                : schemaValidation.get().handler(options);
    }

    @Override
    public Optional<Verdict> rehearse(JsonNode example, Call call) {
        return Optional.of(validation.of(example));
    }
}
