package dev.pglambda.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import dev.pglambda.handler.Call;
import java.util.Optional;
import org.slf4j.MDC;

/** The fields of each log line of an invocation: Lambda's request id, the call's id, the caller. */
final class LogFields {

    private LogFields() {}

    static void add(Call call) {
        add(call.lambda());
        put("call", call.id());
        put("database", call.caller().database());
        put("user", call.caller().user());
        put("application", call.caller().application());
    }

    static void add(Optional<Context> lambda) {
        lambda.ifPresent(context -> {
            put("requestId", context.getAwsRequestId());
            put("function", context.getFunctionName());
        });
    }

    /** Removes the fields, so that the next invocation on this thread does not log them. */
    static void clear() {
        MDC.clear();
    }

    private static void put(String name, String value) {
        if (value != null && !value.isEmpty()) {
            MDC.put(name, value);
        }
    }
}
