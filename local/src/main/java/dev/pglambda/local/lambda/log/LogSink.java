package dev.pglambda.local.lambda.log;

/**
 * Takes the log lines of all functions. Called from many threads, in order
 * for each environment; must neither block nor throw, because a function's reply waits for it.
 */
@FunctionalInterface
public interface LogSink {

    /** One line without its line end: the function's own or one of Lambda's START, END and REPORT. */
    void line(String functionName, String line);
}
