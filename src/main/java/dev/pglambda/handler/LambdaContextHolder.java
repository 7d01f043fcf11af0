package dev.pglambda.handler;

import com.amazonaws.services.lambda.runtime.Context;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.function.aws.DefaultLambdaContextFactory;
import io.micronaut.function.aws.LambdaContextFactory;
import jakarta.inject.Singleton;
import java.util.Optional;

/**
 * Holds Lambda's context for the call at hand. Micronaut's own bean registers every call's context as one more singleton,
 * which a function that lives for millions of calls cannot afford.
 */
@Singleton
@Replaces(DefaultLambdaContextFactory.class)
final class LambdaContextHolder implements LambdaContextFactory {

    private final ThreadLocal<Context> current = new ThreadLocal<>();

    @Override
    public void registerSingletons(Context context) {
        current.set(context);
    }

    /** The context of the call that this thread serves; empty when a test calls without one. Forgets it. */
    Optional<Context> take() {
        Optional<Context> context = Optional.ofNullable(current.get());
        current.remove();
        return context;
    }
}
