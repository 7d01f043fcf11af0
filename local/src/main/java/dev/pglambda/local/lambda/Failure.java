package dev.pglambda.local.lambda;

import java.util.Locale;

/**
 * How a run ended that the function itself did not end.
 *
 * @param payload what the caller gets
 * @param logLine what the log says
 * @param status how the REPORT line calls it
 */
record Failure(byte[] payload, String logLine, String status) {

    static final String UNHANDLED = "Unhandled";

    static Failure timedOut(Invocation invocation, FunctionDefinition definition) {
        String message = "RequestId: " + invocation.id() + " Error: Task timed out after "
                + String.format(Locale.ROOT, "%.2f", (double) definition.timeoutSeconds()) + " seconds";
        return new Failure(ErrorJson.of(ErrorJson.TIMED_OUT, message), message, "timeout");
    }

    static Failure exited(Invocation invocation, String how) {
        String message = "RequestId: " + invocation.id() + " Error: " + how;
        return new Failure(ErrorJson.of(ErrorJson.EXITED, message), message, "error\tError Type: " + ErrorJson.EXITED);
    }

    static Failure replyTooLarge() {
        String message = "Response payload size exceeded maximum allowed payload size (" + Payloads.SYNCHRONOUS_LIMIT
                + " bytes).";
        return new Failure(
                ErrorJson.of(ErrorJson.REPLY_TOO_LARGE, message),
                message,
                "error\tError Type: " + ErrorJson.REPLY_TOO_LARGE);
    }
}
