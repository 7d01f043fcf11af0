package dev.pglambda.local.lambda;

import java.nio.file.Path;
import java.util.Optional;

/** Runs the invocations of one function: in processes from its zip, or in this process. */
interface FunctionRunner {

    FunctionDefinition definition();

    /** Where its code is; empty for one in this process. */
    Optional<Path> zip();

    /** Starts one; its outcome completes when it has ended. Never waits for the function. */
    void run(Invocation invocation);

    /** Gets ready for a first call. Returns at once; what fails here fails that call again, which tells. */
    void prestart();

    /** Nothing new will come: what is idle ends now, what is busy after its call. */
    void retire();

    /** Ends everything now, and returns when it has ended. */
    void stop();
}
