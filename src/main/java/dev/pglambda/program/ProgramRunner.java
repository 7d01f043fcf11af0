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
 * its own, until a deadline. For a program that does not end by then, or fills the memory, throws a
 * {@link ProgramLimitError}, which ends the environment and the program with it.
 *
 * <p>Thread-safe. A thread is kept for the next program. A run costs some 10 to 60 µs beside the program itself.
 */
@Singleton
public final class ProgramRunner {

    /** Recursive evaluators need more than the default of 1 MB. The system commits only the part that is used. */
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
     * @throws ProgramLimitError when the program does not end by the deadline, or fills the memory
     */
    public <T> T run(String name, Deadline deadline, Supplier<T> program) {
        long start = System.nanoTime();
        try {
            return await(threads.submit(program::get), deadline);
        } catch (TimeoutException e) {
            throw ProgramLimitError.outOfTime(name, (System.nanoTime() - start) / 1_000_000);
        } catch (ExecutionException e) {
            throw rethrown(name, e.getCause());
        } catch (OutOfMemoryError e) { // the program has filled the heap, whichever thread fails
            throw ProgramLimitError.outOfMemory(name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(name + " was interrupted", e);
        }
    }

    /**
     * A handler that runs a program for each item as {@link #run} does, but ends it a second earlier, or a quarter of the
     * time. A batch is one run, and its {@link ProgramLimitError} says at which item it came.
     *
     * @param name for the message: "the expression"
     * @param program makes the function that is applied to the items, once for a call. What it throws is the error of
     *     every item
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
                    throw new OutOfMemoryError("the heap is nearly full after a garbage collection");
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
