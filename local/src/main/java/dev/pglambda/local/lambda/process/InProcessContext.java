package dev.pglambda.local.lambda.process;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.api.client.api.LambdaClientContext;
import com.amazonaws.services.lambda.runtime.api.client.api.LambdaContext;
import com.amazonaws.services.lambda.runtime.serialization.factories.GsonFactory;
import dev.pglambda.function.FunctionDescription;
import dev.pglambda.local.lambda.log.InvocationLog;
import dev.pglambda.local.lambda.runtime.FunctionCommand;
import dev.pglambda.local.lambda.runtime.Invocation;
import java.nio.charset.StandardCharsets;

/** AWS's own context of a call, with a logger that writes to the call's log. */
final class InProcessContext extends LambdaContext {

    private final InvocationLog log;

    InProcessContext(FunctionDescription description, Invocation invocation, InvocationLog log, String logStream) {
        super(
                description.memoryMb(),
                System.currentTimeMillis() + description.timeout().toMillis(),
                invocation.id(),
                FunctionCommand.logGroup(description),
                logStream,
                description.name(),
                null, // no Cognito identity
                invocation.version(),
                invocation.arn().toString(),
                null,
                null,
                clientContext(invocation));
        this.log = log;
    }

    @Override
    public LambdaLogger getLogger() {
        return new LambdaLogger() {
            @Override
            public void log(String message) {
                log(message.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public void log(byte[] message) {
                log.print(message);
            }
        };
    }

    /** With the serializer of AWS's own client. */
    private static ClientContext clientContext(Invocation invocation) {
        return invocation
                .clientContext()
                .map(json -> GsonFactory.getInstance()
                        .getSerializer(LambdaClientContext.class)
                        .fromJson(json))
                .orElse(null);
    }
}
