package dev.pglambda.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.pglambda.call.Payload;
import dev.pglambda.handler.EventHandler;
import dev.pglambda.handler.Handler;
import io.micronaut.context.ApplicationContext;
import java.util.Optional;

/** Serves the invocations of a function, from bytes to bytes. Thread-safe if its handler is. */
interface FunctionService {

    String name();

    /** The reply. An exception fails the invocation. */
    Payload answer(Payload request, Optional<Context> lambda);

    /** Runs as much of the code of an invocation as leaves nothing behind. */
    void rehearse();

    static FunctionService of(HandlerBean bean, ApplicationContext context) {
        return bean.instance() instanceof Handler<?, ?> handler
                ? new CallService<>(bean, handler, context)
                : new EventService<>(bean, (EventHandler<?, ?>) bean.instance(), context);
    }
}
