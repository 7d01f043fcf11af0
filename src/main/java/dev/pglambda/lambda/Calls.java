package dev.pglambda.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.pglambda.binding.Binder;
import dev.pglambda.binding.InvalidValue;
import dev.pglambda.call.Request;
import dev.pglambda.handler.Call;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.SqlState;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/** Makes the {@link Call} of a request, or refuses the request as a whole. Built once per function; thread-safe. */
final class Calls {

    private final String function;
    private final Binder<?> options;

    Calls(String function, Binder<?> options) {
        this.function = function;
        this.options = options;
    }

    Call of(Request request, Optional<Context> lambda) {
        if (request.action().isPresent() && !request.action().get().equals(function)) {
            throw wrongFunction(request.action().get());
        }
        return new Call(
                id(request, lambda),
                request.caller(),
                deadline(request, lambda),
                optionsOf(request),
                request.itemIds(),
                lambda);
    }

    /** Shortly before the caller or Lambda, whichever is first, stops waiting, so that there is time for an answer. */
    private static Deadline deadline(Request request, Optional<Context> lambda) {
        Deadline end = lambda.map(context -> Deadline.of(Duration.ofMillis(context.getRemainingTimeInMillis())))
                .orElse(Deadline.none());
        return request.timeout().map(end::atMost).orElse(end).early();
    }

    /** The caller's id; without one, Lambda's, which stays the same when Lambda tries an event again. */
    private static String id(Request request, Optional<Context> lambda) {
        return request.id().or(() -> lambda.map(Context::getAwsRequestId)).orElseGet(() -> UUID.randomUUID()
                .toString());
    }

    private HandlerException wrongFunction(String action) {
        return new HandlerException(
                SqlState.EXTERNAL_ROUTINE_INVOCATION_EXCEPTION,
                "function " + function + " was asked for " + action,
                "",
                "The registry sends the action " + action + " to the function " + function
                        + ": an operator corrects arn or action with pglambda.register.");
    }

    private Object optionsOf(Request request) {
        try {
            return options.bind(request.options());
        } catch (InvalidValue invalid) {
            throw HandlerException.invalid(
                    "the options are not what function " + function + " takes",
                    invalid.list(),
                    "Function " + function + " takes the options " + options.form() + ".");
        }
    }
}
