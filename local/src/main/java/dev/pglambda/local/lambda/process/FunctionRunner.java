package dev.pglambda.local.lambda.process;

import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.runtime.Invocation;
import java.nio.file.Path;
import java.util.Optional;

/** Runs the invocations of one function: in processes from its zip, or in this process. Thread-safe. */
public interface FunctionRunner {

    FunctionDescription description();

    /** Where its code is; empty for a function in this process. */
    Optional<Path> zip();

    /** Starts one; its result completes when it has ended. Never waits for the function. */
    void run(Invocation invocation);

    /** Gets ready for a first call. Returns at once; a failure here is repeated and reported by that call. */
    void prestart();

    /** No new invocation will come: what is idle ends now, what is busy after its call. */
    void retire();

    /** Ends everything now, and returns when it has ended. */
    void stop();
}
