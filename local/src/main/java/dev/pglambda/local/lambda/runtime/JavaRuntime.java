package dev.pglambda.local.lambda.runtime;

import com.amazonaws.services.lambda.runtime.api.client.AWSLambda;
import com.amazonaws.services.lambda.runtime.api.client.EventHandlerLoader;
import com.amazonaws.services.lambda.runtime.api.client.HandlerInfo;
import com.amazonaws.services.lambda.runtime.api.client.LambdaRequestHandler;
import com.amazonaws.services.lambda.runtime.api.client.logging.LambdaContextLogger;
import com.amazonaws.services.lambda.runtime.api.client.logging.StdOutLogSink;
import com.amazonaws.services.lambda.runtime.api.client.util.ConcurrencyConfig;
import com.amazonaws.services.lambda.runtime.logging.LogFormat;
import com.amazonaws.services.lambda.runtime.logging.LogLevel;

/**
 * AWS's loop around a handler with {@link JavaRuntimeClient}, for systems other than Linux: AWS's own client needs
 * native code, which there is for Linux only. A handler that cannot be loaded answers each call with the reason.
 */
final class JavaRuntime extends AWSLambda {

    private JavaRuntime() {}

    static void run(String handler) throws Exception {
        LambdaContextLogger logger = new LambdaContextLogger(new StdOutLogSink(), LogLevel.UNDEFINED, LogFormat.TEXT);
        JavaRuntimeClient client = new JavaRuntimeClient(System.getenv("AWS_LAMBDA_RUNTIME_API"));
        startRuntimeLoops(handlerOf(handler), logger, new ConcurrencyConfig(logger), client);
    }

    private static LambdaRequestHandler handlerOf(String name) {
        try {
            return EventHandlerLoader.loadEventHandler(
                    HandlerInfo.fromString(name, ClassLoader.getSystemClassLoader()));
        } catch (ClassNotFoundException e) {
            return LambdaRequestHandler.classNotFound(e, HandlerInfo.className(name));
        }
    }
}
