package dev.pglambda.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.pglambda.binding.Binder;
import dev.pglambda.binding.Binders;
import dev.pglambda.binding.InvalidValue;
import dev.pglambda.call.Payload;
import dev.pglambda.call.Replies;
import dev.pglambda.call.Request;
import dev.pglambda.call.RequestItem;
import dev.pglambda.call.RequestMembers;
import dev.pglambda.call.ResultWriter;
import dev.pglambda.handler.Call;
import dev.pglambda.handler.Handler;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.Outcome;
import dev.pglambda.program.ProgramLimitError;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.Argument;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Serves the call contract with a handler: reads the request, binds and validates the items, keeps one bad item of a batch
 * from failing another, and writes the reply. Expected failures are returned, so that SQL gets their SQLSTATE; all others
 * are thrown, so that Lambda's error metric counts them.
 */
final class CallService<I, O> implements FunctionService {

    private final Handler<I, O> handler;
    private final Calls calls;
    private final Binder<I> items;
    private final Replies<O> replies;
    private final FailureReport failures;
    private final FunctionDescription description;

    @SuppressWarnings("unchecked") // the bean's definition says the types
    CallService(HandlerBean bean, Handler<?, ?> handler, ApplicationContext context) {
        Binders binders = context.getBean(Binders.class);
        this.description = FunctionDescription.of(bean, context);
        this.handler = (Handler<I, O>) handler;
        this.items = (Binder<I>) binders.binder(bean.input());
        this.calls = new Calls(description.name(), binders.strictBinder(Argument.of(handler.optionsType())));
        this.replies = new Replies<>(new ResultWriter<>(ResultWriter.mapper(context), (Argument<O>) bean.output()));
        this.failures = new FailureReport(description.name());
    }

    @Override
    public String name() {
        return description.name();
    }

    @Override
    public Payload answer(Payload payload, Optional<Context> lambda) {
        boolean throwErrors = false;
        try {
            RequestMembers members = RequestMembers.read(payload);
            throwErrors = members.throwErrors();
            Request request = members.request();
            Call call = calls.of(request, lambda);
            LogFields.add(call);
            return request.isBatch() ? answerBatch(request, call, throwErrors) : answerOne(request, call);
        } catch (HandlerException expected) {
            failures.log(List.of(expected));
            if (throwErrors) {
                throw expected;
            }
            return Replies.error(expected);
        } finally {
            LogFields.clear();
        }
    }

    private Payload answerOne(Request request, Call call) {
        I item = bind(request.items().get(0));
        return replies.result(handler.handle(item, call));
    }

    private Payload answerBatch(Request request, Call call, boolean throwErrors) {
        List<Outcome<O>> outcomes = outcomes(request, call);
        List<HandlerException> failed = new ArrayList<>();
        Payload reply = replies.results(outcomes, failed::add);
        if (throwErrors && !failed.isEmpty()) {
            throw failed.get(0);
        }
        failures.log(failed);
        failures.count(failed);
        return reply;
    }

    private List<Outcome<O>> outcomes(Request request, Call call) {
        List<Outcome<O>> outcomes = new ArrayList<>(request.items().size());
        List<I> bound = new ArrayList<>(request.items().size());
        List<Integer> places = new ArrayList<>(request.items().size());
        for (RequestItem item : request.items()) {
            try {
                bound.add(bind(item));
                places.add(outcomes.size());
                outcomes.add(null);
            } catch (HandlerException invalid) {
                outcomes.add(Outcome.failure(invalid));
            }
        }
        List<Outcome<O>> handled = bound.isEmpty() ? List.of() : handled(bound, call, places, outcomes.size());
        if (handled.size() != bound.size()) {
            throw new IllegalStateException(handler.getClass().getName() + ".handleAll returned " + handled.size()
                    + " outcomes for " + bound.size() + " items");
        }
        for (int i = 0; i < handled.size(); i++) {
            outcomes.set(places.get(i), handled.get(i));
        }
        return outcomes;
    }

    private List<Outcome<O>> handled(List<I> bound, Call call, List<Integer> places, int size) {
        try {
            return handler.handleAll(bound, call.ofItems(places));
        } catch (ProgramLimitError limit) {
            throw limit.inBatch(places, size);
        }
    }

    private I bind(RequestItem item) {
        return bind(item.orElseThrow());
    }

    private I bind(JsonNode item) {
        try {
            return items.bind(item);
        } catch (InvalidValue invalid) {
            throw HandlerException.invalid(
                    "the item is not what function " + name() + " takes",
                    invalid.list(),
                    "Function " + name() + " takes " + items.form() + ".");
        }
    }

    /** From the bytes of a request to those of a reply, except for {@link Handler#handle}. */
    @Override
    public void rehearse() {
        RequestMembers members = RequestMembers.read(description.exampleRequest());
        Request request = members.request();
        Call call = calls.of(request, Optional.empty());
        handler.rehearse(bind(request.items().get(0)), call).ifPresent(replies::result);
    }
}
