package dev.pglambda.local.lambda.api;

import java.util.List;

/** The operations of Lambda's API that there are here. Thread-safe. */
public interface LambdaApi extends InvokeApi {

    /** The functions by name, each as its version {@code $LATEST}. */
    List<FunctionConfiguration> functions();
}
