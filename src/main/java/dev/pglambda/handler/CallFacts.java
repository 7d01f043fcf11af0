package dev.pglambda.handler;

import com.amazonaws.services.lambda.runtime.Context;
import io.micronaut.context.annotation.Replaces;
import io.micronaut.function.aws.DefaultDiagnosticInfoPopulator;
import io.micronaut.function.aws.DiagnosticInfoPopulator;
import jakarta.inject.Singleton;
import org.slf4j.MDC;

/**
 * What each log line of a call says beside its message: Lambda's request id and the function, the call's id and who called.
 * In place of Micronaut's, which tells seven things of every call, but not the caller.
 */
@Singleton
@Replaces(DefaultDiagnosticInfoPopulator.class)
final class CallFacts implements DiagnosticInfoPopulator {

    @Override
    public void populateMappingDiagnosticContextValues(Context context) {
        put("requestId", context.getAwsRequestId());
        put("function", context.getFunctionName());
    }

    @Override
    public void populateMappingDiagnosticContextWithXrayTraceId() {
        // Lambda writes the trace id into its own line of each call, beside the request id.
    }

    static void add(Call call) {
        put("call", call.id());
        put("database", call.caller().database());
        put("user", call.caller().user());
        put("application", call.caller().application());
    }

    /** The next call on this thread knows nothing of this one. */
    static void forget() {
        MDC.clear();
    }

    private static void put(String name, String value) {
        if (value != null && !value.isEmpty()) {
            MDC.put(name, value);
        }
    }
}
