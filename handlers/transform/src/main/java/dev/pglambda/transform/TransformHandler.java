package dev.pglambda.transform;

import dev.pglambda.handler.Call;
import dev.pglambda.handler.Handler;
import dev.pglambda.handler.Items;
import dev.pglambda.handler.Outcome;
import io.micronaut.context.BeanProvider;
import io.micronaut.json.tree.JsonNode;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;

/**
 * Function {@code transform}: {@code SELECT transform_data('{"id": 456, "value": "hello world"}')}. With the option
 * {@code expression} it takes any JSON, without it a {@link TransformItem}.
 */
@Singleton
class TransformHandler implements Handler<JsonNode, Object> {

    private final Items items;
    private final Transformation transformation;
    private final BeanProvider<Expressions> expressions;

    /**
     * For injection.
     *
     * @param expressions created by the first call with an expression, which loads the library
     */
    TransformHandler(Items items, Transformation transformation, BeanProvider<Expressions> expressions) {
        this.items = items;
        this.transformation = transformation;
        this.expressions = expressions;
    }

    @Override
    public Class<?> optionsType() {
        return TransformOptions.class;
    }

    @Override
    public Object handle(JsonNode item, Call call) {
        return handler(call).handle(item, call);
    }

    @Override
    public List<Outcome<Object>> handleAll(List<JsonNode> batch, Call call) {
        return handler(call).handleAll(batch, call);
    }

    private Handler<JsonNode, Object> handler(Call call) {
        TransformOptions options = call.options(TransformOptions.class);
        options.check();
        return options.expression() == null
                ? (item, itemCall) -> transform(item)
                : expressions.get().handler(options);
    }

    private Transformed transform(JsonNode item) {
        return transformation.of(items.bind(item, TransformItem.class));
    }

    @Override
    public Optional<Object> rehearse(JsonNode example, Call call) {
        return Optional.of(transform(example));
    }
}
