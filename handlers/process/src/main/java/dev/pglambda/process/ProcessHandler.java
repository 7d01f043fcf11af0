package dev.pglambda.process;

import dev.pglambda.handler.Call;
import dev.pglambda.handler.Handler;
import dev.pglambda.handler.Outcome;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Function {@code process}: {@code SELECT process_data('{"id": 123, "value": "test"}')}. */
@Singleton
class ProcessHandler implements Handler<ProcessItem, Receipt> {

    private final Processing processing;

    ProcessHandler(Processing processing) {
        this.processing = processing;
    }

    @Override
    public Receipt handle(ProcessItem item, Call call) {
        return processing.of(List.of(item), call).get(0).orElseThrow();
    }

    @Override
    public List<Outcome<Receipt>> handleAll(List<ProcessItem> batch, Call call) {
        return processing.of(batch, call);
    }

    @Override
    public Optional<Receipt> rehearse(ProcessItem example, Call call) {
        processing.warmUp(call.deadline());
        return Optional.of(Receipt.of(example, Instant.EPOCH, false));
    }
}
