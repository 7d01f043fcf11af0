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

    /** Starts an invocation; its result completes when the run has ended. Never waits for the function. */
    void run(Invocation invocation);

    /** Prepares for a first call of the version, with the newest code. Returns at once; that call reports a failure. */
    void prestart(String version);

    /** The same, if the code has been rebuilt since a call used it. */
    void renew(String version);

    /** No new invocation follows: idle environments end now, busy ones after their call. */
    void retire();

    /** Ends all runs now, and returns when they have ended. */
    void stop();
}
