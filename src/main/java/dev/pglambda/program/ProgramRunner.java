package dev.pglambda.program;

import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.Handler;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Runs a program of the caller, such as an expression or a schema, under a hard stop that holds for any code: on a thread of
 * its own, until a deadline. A program that does not end by then, or for which the memory is not enough, is answered with a
 * {@link ProgramLimitError}, which ends the environment and the program with it.
 *
 * <p>Thread-safe. A thread is kept for the next program. Handing a program over costs some 10 to 60 µs.
 */
@Singleton
public final class ProgramRunner {

    /** Recursive evaluators need more than the 1 MB of a usual thread; a system commits only what is used of it. */
    private static final long STACK_BYTES = 4L << 20;

    private static final Duration TIME_WITHOUT_CHECK = Duration.ofMillis(100);

    private final ExecutorService threads = Executors.newCachedThreadPool(program -> {
        Thread thread = new Thread(null, program, "pglambda-program", STACK_BYTES);
        thread.setDaemon(true);
        return thread;
    });

    /**
     * The result of the program, or what it throws.
     *
     * @param name for the message: "the expression"
     * @throws ProgramLimitError when it does not end by the deadline, or fills the memory
     */
    public <T> T run(String name, Deadline deadline, Supplier<T> program) {
        long start = System.nanoTime();
        try {
            return await(threads.submit(program::get), deadline);
        } catch (TimeoutException e) {
            throw ProgramLimitError.outOfTime(name, (System.nanoTime() - start) / 1_000_000);
        } catch (ExecutionException e) {
            throw rethrown(name, e.getCause());
        } catch (OutOfMemoryError e) { // the heap is the program's, whoever is refused
            throw ProgramLimitError.outOfMemory(name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + " was interrupted", e);
        }
    }

    /**
     * A handler that runs a program for each item as {@link #run} does, but ends it a second earlier, or a quarter of the
     * time. A batch is handed over once, and its {@link ProgramLimitError} says at which item it was.
     *
     * @param name for the message: "the expression"
     * @param program makes what is applied to the items, once for a call. What it throws is the error of every item
     */
    public <I, O> Handler<I, O> handler(String name, Supplier<Function<I, O>> program) {
        return new ProgramHandler<>(this, name, program);
    }

    private static <T> T await(Future<T> result, Deadline deadline)
            throws InterruptedException, ExecutionException, TimeoutException {
        while (true) {
            try {
                long left = deadline.remaining().toNanos();
                return result.get(Math.min(left, TIME_WITHOUT_CHECK.toNanos()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                if (deadline.isExpired()) {
                    throw e;
                }
                if (!result.isDone() && MemoryPressure.isHigh()) {
                    MemoryPressure.exhaust(result);
                    throw new OutOfMemoryError("hardly any room after a collection of garbage");
                }
            }
        }
    }

    private static RuntimeException rethrown(String name, Throwable failure) {
        if (failure instanceof OutOfMemoryError) {
            throw ProgramLimitError.outOfMemory(name);
        }
        if (failure instanceof Error error) {
            throw error;
        }
        return (RuntimeException) failure;
    }
}
