package dev.pglambda.transform;

import dev.pglambda.handler.Call;
import dev.pglambda.handler.DatabaseHandler;
import io.micronaut.context.ApplicationContext;
import jakarta.inject.Inject;

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
}
