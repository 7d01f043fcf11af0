package dev.pglambda.local.lambda;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;
import com.amazonaws.services.lambda.runtime.api.client.api.LambdaClientContext;
import com.amazonaws.services.lambda.runtime.serialization.factories.GsonFactory;
import java.nio.charset.StandardCharsets;

/** What Lambda tells a handler about its call. */
final class ServedContext implements Context {

    private final FunctionDefinition definition;
    private final Invocation invocation;
    private final InvocationLog log;
    private final String logStream;
    private final long deadline;

    ServedContext(FunctionDefinition definition, Invocation invocation, InvocationLog log, String logStream) {
        this.definition = definition;
        this.invocation = invocation;
        this.log = log;
        this.logStream = logStream;
        this.deadline = System.currentTimeMillis() + definition.timeout().toMillis();
    }

    @Override
    public String getAwsRequestId() {
        return invocation.id();
    }

    @Override
    public String getLogGroupName() {
        return FunctionProcess.logGroup(definition);
    }

    @Override
    public String getLogStreamName() {
        return logStream;
    }

    @Override
    public String getFunctionName() {
        return definition.name();
    }

    @Override
    public String getFunctionVersion() {
        return invocation.version();
    }

    @Override
    public String getInvokedFunctionArn() {
        return invocation.arn().toString();
    }

    @Override
    public CognitoIdentity getIdentity() {
        return null; // as for every caller that did not come by Cognito
    }

    @Override
    public ClientContext getClientContext() {
        return invocation.clientContext().map(ServedContext::parsed).orElse(null);
    }

    @Override
    public int getRemainingTimeInMillis() {
        return (int) (deadline - System.currentTimeMillis());
    }

    @Override
    public int getMemoryLimitInMB() {
        return definition.memoryMb();
    }

    @Override
    public LambdaLogger getLogger() {
        return new LambdaLogger() {
            @Override
            public void log(String message) {
                log.print(message.getBytes(StandardCharsets.UTF_8));
            }

            @Override
            public void log(byte[] message) {
                log.print(message);
            }
        };
    }

    /** By the serializer that AWS's own client takes for it. */
    private static ClientContext parsed(String json) {
        return GsonFactory.getInstance()
                .getSerializer(LambdaClientContext.class)
                .fromJson(json);
    }
}
