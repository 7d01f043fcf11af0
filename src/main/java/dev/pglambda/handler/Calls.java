package dev.pglambda.handler;

import com.amazonaws.services.lambda.runtime.Context;
import io.micronaut.context.ApplicationContext;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Makes the {@link Call} of a request, or refuses the request as a whole. Built once per handler; thread-safe. */
final class Calls {

    private final String name;
    private final Binder<?> options;
    private final LambdaContextHolder contexts;

    Calls(String name, Binder<?> options, LambdaContextHolder contexts) {
        this.name = name;
        this.options = options;
        this.contexts = contexts;
    }

    /** The configured name, or else the class's: {@code PriceOrderHandler} is {@code price_order}. */
    static String functionName(Class<?> handler, ApplicationContext context) {
        String simple = handler.getSimpleName().replaceFirst("Handler$", "");
        String derived = simple.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "_").toLowerCase(Locale.ROOT);
        return context.getProperty("pglambda.function", String.class).orElse(derived);
    }

    Call of(Request request) {
        Optional<Context> context = contexts.take();
        Deadline lambdas = context.map(Deadline::of).orElse(Deadline.none());
        if (request.action().isPresent() && !request.action().get().equals(name)) {
            throw wrongFunction(request.action().get());
        }
        Deadline earlier = request.timeout().map(lambdas::atMost).orElse(lambdas);
        return new Call(id(request, context), request.caller(), earlier, optionsOf(request), request.itemIds());
    }

    /** Lambda's own, where the caller gave none: it too stays the same when Lambda tries an event again. */
    private static String id(Request request, Optional<Context> context) {
        return request.id().or(() -> context.map(Context::getAwsRequestId)).orElseGet(() -> UUID.randomUUID()
                .toString());
    }

    private HandlerException wrongFunction(String action) {
        return new HandlerException(
                SqlState.EXTERNAL_ROUTINE_INVOCATION_EXCEPTION,
                "function " + name + " was asked for " + action + ": check pglambda.functions",
                "",
                "The registry's ARN for " + action + " points at " + name + ".");
    }

    private Object optionsOf(Request request) {
        try {
            return options.bindStrictly(request.options());
        } catch (Binder.InvalidValue invalid) {
            throw HandlerException.invalid(
                    "the options are not what function " + name + " takes",
                    invalid.list(),
                    "Function " + name + " takes the options " + options.form() + ".");
        }
    }
}
