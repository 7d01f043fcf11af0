package dev.pglambda.program;

import dev.pglambda.handler.Call;
import dev.pglambda.handler.Handler;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.Outcome;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/** Applies one program of the caller to the items of a call. Made for each call. */
final class ProgramHandler<I, O> implements Handler<I, O> {

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
        return runner.run(name, call.deadline(), () -> program.get().apply(item));
    }

    @Override
    public List<Outcome<O>> handleAll(List<I> items, Call call) {
        AtomicInteger begun = new AtomicInteger();
        try {
            return runner.run(name, call.deadline(), () -> handleAll(items, call, begun));
        } catch (ProgramLimitError limit) {
            throw limit.atItem(Math.max(1, begun.get()), items.size());
        }
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
