package dev.pglambda.process;

import dev.pglambda.database.HeadStart;
import dev.pglambda.handler.Call;
import dev.pglambda.handler.DatabaseHandler;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.Outcome;
import dev.pglambda.handler.Payload;
import io.micronaut.context.ApplicationContext;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Function {@code process}: {@code SELECT process_data('{"id": 123, "value": "test"}')}. */
public class ProcessHandler extends DatabaseHandler<ProcessItem, Receipt> {

    /** As long as a first call would wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    static {
        HeadStart.begin();
    }

    @Inject
    Processing processing;

    /** For Lambda. */
    public ProcessHandler() {}

    /** For tests. */
    public ProcessHandler(ApplicationContext context) {
        super(context);
    }

    @Override
    protected Receipt handle(ProcessItem item, Call call) {
        return processing.of(List.of(item), call).get(0).orElseThrow();
    }

    @Override
    protected List<Outcome<Receipt>> handleAll(List<ProcessItem> batch, Call call) {
        return processing.of(batch, call);
    }

    @Override
    protected Optional<Runnable> preparation() {
        return Optional.of(() -> processing.warmUp(Deadline.of(PATIENCE)));
    }

    @Override
    protected Payload example() {
        return Payload.of("{\"data\": {\"id\": 1, \"value\": \"a\"}}");
    }

    @Override
    protected Optional<Receipt> rehearse(ProcessItem item, Call call) {
        processing.warmUp(call.deadline());
        return Optional.of(Receipt.of(item, Instant.EPOCH, false));
    }
}
