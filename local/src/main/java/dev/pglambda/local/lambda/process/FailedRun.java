package dev.pglambda.local.lambda.process;

import dev.pglambda.local.lambda.api.JsonObjects;
import dev.pglambda.local.lambda.api.Payloads;
import dev.pglambda.local.lambda.log.InvocationLog;
import dev.pglambda.local.lambda.runtime.Invocation;
import dev.pglambda.local.lambda.runtime.InvocationResult;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A run that Lambda ended, and not the function.
 *
 * @param payload what the caller gets
 * @param logLine the line in the log
 * @param status in the REPORT line
 */
record FailedRun(byte[] payload, String logLine, String status) {

    static FailedRun timedOut(Invocation invocation, Duration timeout) {
        String message = "RequestId: " + invocation.id() + " Error: Task timed out after "
                + String.format(Locale.ROOT, "%.2f", timeout.toMillis() / 1e3) + " seconds";
        return new FailedRun(errorJson("Sandbox.Timedout", message), message, "timeout");
    }

    static FailedRun exited(Invocation invocation, String how) {
        return error("Runtime.ExitError", "RequestId: " + invocation.id() + " Error: " + how);
    }

    static FailedRun replyTooLarge() {
        return error(
                "Function.ResponseSizeTooLarge",
                "Response payload size exceeded maximum allowed payload size (" + Payloads.SYNCHRONOUS_LIMIT
                        + " bytes).");
    }

    /** An exception as a runtime reports it. */
    static byte[] errorJson(Throwable failure) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put(
                "errorMessage",
                Optional.ofNullable(failure.getMessage())
                        .orElse(failure.getClass().getName()));
        error.put("errorType", failure.getClass().getName());
        error.put(
                "stackTrace",
                Arrays.stream(failure.getStackTrace())
                        .map(StackTraceElement::toString)
                        .toList());
        return JsonObjects.bytes(error);
    }

    FailedRun withPayload(byte[] other) {
        return new FailedRun(other, logLine, status);
    }

    /** Writes the end of the run to the log. */
    InvocationResult log(InvocationLog log, Invocation invocation) {
        log.line(logLine);
        return InvocationResult.failure(payload, log.end(invocation.id(), Optional.of(status)));
    }

    private static FailedRun error(String type, String message) {
        return new FailedRun(errorJson(type, message), message, "error\tError Type: " + type);
    }

    private static byte[] errorJson(String type, String message) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("errorType", type);
        error.put("errorMessage", message);
        return JsonObjects.bytes(error);
    }
}
