package dev.pglambda.handler;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.core.reflect.GenericTypeUtils;
import io.micronaut.function.aws.MicronautRequestHandler;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import io.micronaut.serde.ObjectMapper;
import io.micronaut.validation.validator.Validator;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Lambda function that PostgreSQL calls: takes one typed item, returns one typed result.
 *
 * <p>A subclass says only what it does with an item. This class reads the request of the call contract, binds and
 * validates the items and options, keeps one bad item of a batch from failing another, and writes the reply. Expected
 * failures ({@link HandlerException}) are returned, so that SQL gets their SQLSTATE; all else is thrown, so that Lambda's
 * error metrics see it.
 *
 * <p>Built once per function environment: binders and serializers are made then, not per call. Thread-safe as far as the
 * subclass is; Lambda itself sends one call at a time.
 *
 * @param <I> the item: a type for Micronaut Serde, or {@link JsonNode} for any JSON
 * @param <O> the result: a type for Micronaut Serde
 */
public abstract class DatabaseHandler<I, O> extends MicronautRequestHandler<Payload, Payload>
        implements RequestStreamHandler {

    static final String RIGHT_FORM = "The right form: {\"data\": …} for one item or {\"batch\": […, …]} for many, "
            + "with \"options\": {…} where the function takes any.";

    private static final Logger LOG = LoggerFactory.getLogger(DatabaseHandler.class);

    private final String name;
    private final Binder<I> items;
    private final Calls calls;
    private final Replies<O> replies;

    @SuppressWarnings("unused") // held, because CRaC holds it weakly
    private final Object snapStart;

    /** For Lambda: starts its own application context. */
    @SuppressWarnings("this-escape") // to be called when this is complete, before the first call
    protected DatabaseHandler() {
        this.name = Calls.functionName(getClass(), getApplicationContext());
        this.items = binder(typeArgument(0));
        this.calls = new Calls(name, binder(optionsType()), bean(LambdaContextHolder.class));
        this.replies = new Replies<>(bean(ObjectMapper.class), typeArgument(1));
        this.snapStart = SnapStart.isWanted() ? SnapStart.register(this::rehearseCall) : null;
        if (snapStart == null) {
            preparation().ifPresent(this::prepare);
        }
    }

    /** For tests: takes its collaborators from a context that is there already. */
    protected DatabaseHandler(ApplicationContext context) {
        super(context);
        this.name = Calls.functionName(getClass(), getApplicationContext());
        this.items = binder(typeArgument(0));
        this.calls = new Calls(name, binder(optionsType()), bean(LambdaContextHolder.class));
        this.replies = new Replies<>(bean(ObjectMapper.class), typeArgument(1));
        this.snapStart = null;
    }

    /**
     * Handles one item.
     *
     * @throws HandlerException for a failure that the caller can understand and act on; anything else is a bug
     */
    protected abstract O handle(I item, Call call);

    /**
     * Handles the items of a batch: one by one, unless overridden by a handler that can do better. As many outcomes as
     * items, in the same order. Items that come after the deadline are not begun. The id of one item is that of
     * {@link Call#ofItem}.
     */
    protected List<Outcome<O>> handleAll(List<I> batch, Call call) {
        List<Outcome<O>> outcomes = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            I item = batch.get(i);
            Call one = call.ofItem(i);
            outcomes.add(handleOne(() -> handle(item, one), one));
        }
        return outcomes;
    }

    /**
     * How to handle the items of a call whose options give them another meaning than the handler's types: any JSON in, any
     * JSON out. By default no call is such a one.
     */
    protected Optional<UnaryOperator<JsonNode>> untyped(Call call) {
        return Optional.empty();
    }

    /** A request for the rehearsal before a SnapStart checkpoint: one that the handler would take. */
    protected Payload example() {
        return Payload.of("{\"data\": {}}");
    }

    /**
     * Does as much of an item's work as leaves nothing behind, before a SnapStart checkpoint: opens the connection, or
     * makes a result where that is only computed. By default nothing.
     */
    protected Optional<O> rehearse(I item, Call call) {
        return Optional.empty();
    }

    /**
     * Work that the first call would have to wait for, such as a connection: done on Lambda, on a thread of its own, as soon
     * as this handler is made. By default none. With SnapStart {@link #rehearse} does it instead. What it throws is logged;
     * the first call will then find out itself. Asked once, from the constructor.
     */
    protected Optional<Runnable> preparation() {
        return Optional.empty();
    }

    private void prepare(Runnable work) {
        Thread thread = new Thread(() -> prepareQuietly(work), "pglambda-prepare");
        thread.setDaemon(true);
        thread.start();
    }

    private void prepareQuietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.debug("The preparation of {} failed: its first call will do without", name, e);
        }
    }

    /** A call from its bytes to its bytes, except for {@link #handle}. A mistake in the example is no reason to fail. */
    final void rehearseCall() {
        try {
            Request request = Request.of(Json.parse(example().json()));
            Call call = calls.of(request);
            rehearse(bind(request.items().get(0)), call).ifPresent(replies::result);
        } catch (RuntimeException e) {
            LOG.warn("The rehearsal of {} ended early: the first calls will take longer", name, e);
        }
    }

    /** The function's name: what {@code pglambda.functions} knows it by, and what {@code action} must be. */
    public final String name() {
        return name;
    }

    /** The type of this handler's options; by default it takes none. Asked once, from the constructor. */
    protected Class<?> optionsType() {
        return NoOptions.class;
    }

    /** Entry point of Lambda's runtime client, which prefers it to the one by objects: it leaves the JSON untouched. */
    @Override
    public final void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        output.write(handleRequest(new Payload(input.readAllBytes()), context).json());
    }

    /** Entry point by objects: the same, without streams. Called by {@code handleRequest}. */
    @Override
    public final Payload execute(Payload payload) {
        Request request;
        try {
            request = Request.of(Json.parse(payload.json()));
        } catch (HandlerException unreadable) {
            return replies.error(unreadable);
        }
        try {
            Call call = calls.of(request);
            CallFacts.add(call);
            return answer(request, call);
        } catch (HandlerException refused) {
            if (request.throwErrors()) {
                throw refused;
            }
            return replies.error(refused);
        } finally {
            CallFacts.forget();
        }
    }

    @Override
    protected final ApplicationContextBuilder newApplicationContextBuilder() {
        return new FunctionContextBuilder();
    }

    private Payload answer(Request request, Call call) {
        Optional<UnaryOperator<JsonNode>> untyped = untyped(call);
        if (untyped.isPresent()) {
            return answerUntyped(request, call, untyped.get());
        }
        if (!request.isBatch()) {
            return replies.result(handle(bind(request.items().get(0)), call));
        }
        return replyAll(answerBatch(request, call), request, replies);
    }

    private Payload answerUntyped(Request request, Call call, UnaryOperator<JsonNode> work) {
        Replies<JsonNode> trees = new Replies<>(bean(ObjectMapper.class), JsonNode.class);
        if (!request.isBatch()) {
            return trees.result(work.apply(request.items().get(0)));
        }
        List<Outcome<JsonNode>> outcomes = new ArrayList<>(request.items().size());
        for (JsonNode item : request.items()) {
            outcomes.add(handleOne(() -> work.apply(item), call));
        }
        return replyAll(outcomes, request, trees);
    }

    private static <T> Payload replyAll(List<Outcome<T>> outcomes, Request request, Replies<T> replies) {
        if (request.throwErrors()) {
            throwFirstFailure(outcomes);
        }
        return replies.results(outcomes);
    }

    private List<Outcome<O>> answerBatch(Request request, Call call) {
        List<Outcome<O>> outcomes = new ArrayList<>(request.items().size());
        List<I> bound = new ArrayList<>(request.items().size());
        List<Integer> places = new ArrayList<>(request.items().size());
        for (JsonNode item : request.items()) {
            try {
                bound.add(bind(item));
                places.add(outcomes.size());
                outcomes.add(null);
            } catch (HandlerException invalid) {
                outcomes.add(Outcome.failure(invalid));
            }
        }
        List<Outcome<O>> handled = bound.isEmpty() ? List.of() : handleAll(bound, call.ofItems(places));
        if (handled.size() != bound.size()) {
            throw new IllegalStateException(getClass().getName() + ".handleAll returned " + handled.size()
                    + " outcomes for " + bound.size() + " items");
        }
        for (int i = 0; i < handled.size(); i++) {
            outcomes.set(places.get(i), handled.get(i));
        }
        return outcomes;
    }

    private <T> Outcome<T> handleOne(Supplier<T> work, Call call) {
        if (call.deadline().isExpired()) {
            return Outcome.failure(new HandlerException(
                    SqlState.EXTERNAL_ROUTINE_INVOCATION_EXCEPTION,
                    "the time of the call was over before this item's turn",
                    "",
                    "Send fewer items in one call, or raise the time-out."));
        }
        try {
            return Outcome.success(work.get());
        } catch (HandlerException expected) {
            return Outcome.failure(expected);
        } catch (RuntimeException bug) {
            // Thrown, it would fail the other items too: so it is logged here, and this item alone gets it.
            LOG.error("{} failed on one item of a batch, call {}", name, call.id(), bug);
            return Outcome.failure(new HandlerException(
                    SqlState.EXTERNAL_ROUTINE_EXCEPTION,
                    "function " + name + " failed on this item",
                    bug.getClass().getName() + ": " + bug.getMessage(),
                    "This is a bug of the function; its log has the stack trace, by call id " + call.id() + "."));
        }
    }

    private I bind(JsonNode item) {
        try {
            return items.bind(item);
        } catch (Binder.InvalidValue invalid) {
            throw HandlerException.invalid(
                    "the item is not what function " + name + " takes",
                    invalid.list(),
                    "Function " + name + " takes " + items.form() + ".");
        }
    }

    private static <T> void throwFirstFailure(List<Outcome<T>> outcomes) {
        for (Outcome<T> outcome : outcomes) {
            if (outcome instanceof Outcome.Failure<T> failure) {
                throw failure.error();
            }
        }
    }

    private <T> Binder<T> binder(Class<T> type) {
        return new Binder<>(type, bean(JsonMapper.class), () -> bean(Validator.class));
    }

    private <T> T bean(Class<T> type) {
        return getApplicationContext().getBean(type);
    }

    @SuppressWarnings("unchecked") // the class file says what the type argument is
    private <T> Class<T> typeArgument(int index) {
        return (Class<T>) GenericTypeUtils.resolveSuperTypeGenericArguments(getClass(), DatabaseHandler.class)[index];
    }
}
