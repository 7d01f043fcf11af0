package dev.pglambda.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.pglambda.binding.Binder;
import dev.pglambda.binding.Binders;
import dev.pglambda.binding.InvalidValue;
import dev.pglambda.call.Payload;
import dev.pglambda.call.ResultWriter;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.EventHandler;
import dev.pglambda.json.JsonReader;
import dev.pglambda.json.UnfitJsonException;
import io.micronaut.context.ApplicationContext;
import io.micronaut.core.type.Argument;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Serves events of AWS with an event handler. Throws every failure, because nobody reads a reply. */
final class EventService<E, R> implements FunctionService {

    private static final Duration TIME_TO_REPORT = Duration.ofSeconds(2);

    private final EventHandler<E, R> handler;
    private final Binder<E> events;
    private final ResultWriter<R> results;
    private final PackagedDescription description;

    @SuppressWarnings("unchecked") // the bean's definition says the types
    EventService(HandlerBean bean, EventHandler<?, ?> handler, ApplicationContext context) {
        this.description = PackagedDescription.of(bean, context);
        this.handler = (EventHandler<E, R>) handler;
        this.events = (Binder<E>) context.getBean(Binders.class).binder(bean.input());
        this.results = new ResultWriter<>(ResultWriter.mapper(context), (Argument<R>) bean.output());
    }

    @Override
    public String name() {
        return description.name();
    }

    @Override
    public Payload answer(Payload event, Optional<Context> lambda) {
        Deadline deadline = lambda.map(context -> Deadline.of(
                        Duration.ofMillis(context.getRemainingTimeInMillis()).minus(TIME_TO_REPORT)))
                .orElse(Deadline.none());
        LogFields.add(lambda);
        try {
            return new Payload(results.write(handler.handle(read(event), deadline)));
        } finally {
            LogFields.clear();
        }
    }

    private E read(Payload event) {
        try (JsonReader json = new JsonReader(event.json())) {
            json.next();
            return events.bind(json.value());
        } catch (IOException | UnfitJsonException e) {
            throw new IllegalArgumentException("the event is not JSON that can be handled: " + e.getMessage(), e);
        } catch (InvalidValue e) {
            throw new IllegalArgumentException(
                    "the event is not what function " + name() + " takes: " + e.list() + ". It takes " + events.form(),
                    e);
        }
    }

    @Override
    public void rehearse() {
        // An event that does something cannot be rehearsed without doing it.
    }
}
