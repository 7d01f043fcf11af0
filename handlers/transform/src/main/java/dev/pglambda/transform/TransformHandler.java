package dev.pglambda.transform;

import dev.pglambda.handler.Call;
import dev.pglambda.handler.DatabaseHandler;
import dev.pglambda.handler.Payload;
import io.micronaut.context.ApplicationContext;
import jakarta.inject.Inject;
import java.util.Optional;

/** Function {@code transform}: {@code SELECT transform_data('{"id": 456, "value": "hello world"}')}. */
public class TransformHandler extends DatabaseHandler<TransformItem, Transformed> {

    @Inject
    Transformation transformation;

    /** For Lambda. */
    public TransformHandler() {}

    /** For tests. */
    public TransformHandler(ApplicationContext context) {
        super(context);
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
