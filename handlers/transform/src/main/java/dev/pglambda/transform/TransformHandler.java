package dev.pglambda.transform;

import dev.pglambda.handler.Call;
import dev.pglambda.handler.DatabaseHandler;
import dev.pglambda.handler.Payload;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.BeanProvider;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Function {@code transform}: {@code SELECT transform_data('{"id": 456, "value": "hello world"}')}. */
public class TransformHandler extends DatabaseHandler<TransformItem, Transformed> {

    @Inject
    Transformation transformation;

    /** Made by the first call with an expression: only then is the library loaded. */
    @Inject
    BeanProvider<Expressions> expressions;

    /** For Lambda. */
    public TransformHandler() {}

    /** For tests. */
    public TransformHandler(ApplicationContext context) {
        super(context);
    }

    @Override
    protected Class<?> optionsType() {
        return TransformOptions.class;
    }

    @Override
    protected Optional<UnaryOperator<JsonNode>> untyped(Call call) {
        TransformOptions options = call.options(TransformOptions.class);
        options.check();
        return options.expression() == null
                ? Optional.empty()
                : Optional.of(item -> expressions.get().value(item, options, call.deadline()));
    }

    @Override
    protected Transformed handle(TransformItem item, Call call) {
        return transformation.of(item);
    }

    @Override
    protected Payload example() {
        return Payload.of("{\"data\": {\"value\": \"a\"}}");
    }

    @Override
    protected Optional<Transformed> rehearse(TransformItem item, Call call) {
        return Optional.of(handle(item, call));
    }
}
