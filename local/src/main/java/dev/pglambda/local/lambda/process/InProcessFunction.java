package dev.pglambda.local.lambda.process;

import com.amazonaws.services.lambda.runtime.Context;

/**
 * A function that runs in this process instead of its own: handlers in tests. Limits, errors and log are as for a real
 * one; but what it prints to standard output is not captured, and a function that is over its time is interrupted, not
 * killed.
 */
@FunctionalInterface
public interface InProcessFunction {

    /** Runs one call, on a thread of its own. What it throws is reported as Lambda's runtime does. */
    byte[] handle(byte[] event, Context context) throws Exception;
}
