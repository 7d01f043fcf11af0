package dev.pglambda.program;

import dev.pglambda.handler.Call;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.Handler;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.Outcome;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Applies one program of the caller to the items of a call. Made for each call. The program ends a second before the
 * call's deadline, or a quarter of the time: the caller may have waited for this environment to start, which cannot be
 * measured here.
 */
final class ProgramHandler<I, O> implements Handler<I, O> {

    private static final Duration FOR_THE_START = Duration.ofSeconds(1);

    private final ProgramRunner runner;
    private final String name;
    private final Supplier<Function<I, O>> program;

    ProgramHandler(ProgramRunner runner, String name, Supplier<Function<I, O>> program) {
        this.runner = runner;
        this.name = name;
        this.program = program;
    }

    @Override
    public O handle(I item, Call call) {
        return runner.run(name, end(call.deadline()), () -> program.get().apply(item));
    }

    @Override
    public List<Outcome<O>> handleAll(List<I> items, Call call) {
        AtomicInteger begun = new AtomicInteger();
        Deadline end = end(call.deadline());
        try {
            return runner.run(name, end, () -> handleAll(items, call.withDeadline(end), begun));
        } catch (ProgramLimitError limit) {
            throw limit.atItem(Math.max(1, begun.get()) - 1);
        }
    }

    private static Deadline end(Deadline deadline) {
        Duration quarter = deadline.remaining().dividedBy(4);
        return deadline.atMost(
                deadline.remaining().minus(quarter.compareTo(FOR_THE_START) < 0 ? quarter : FOR_THE_START));
    }

    private List<Outcome<O>> handleAll(List<I> items, Call call, AtomicInteger begun) {
        Function<I, O> function;
        try {
            function = program.get();
        } catch (HandlerException wrong) {
            return Collections.nCopies(items.size(), Outcome.failure(wrong));
        }
        Handler<I, O> each = (item, itemCall) -> {
            begun.incrementAndGet();
            return function.apply(item);
        };
        return each.handleAll(items, call);
    }
}
