package dev.pglambda.lambda;

import io.micronaut.context.DefaultApplicationContextBuilder;
import io.micronaut.context.env.Environment;
import io.micronaut.function.aws.MicronautLambdaContext;

/** Builds the application context of a function on Lambda, with the environments that Micronaut names for it. */
final class FunctionContextBuilder extends DefaultApplicationContextBuilder {

    FunctionContextBuilder() {
        environments(Environment.FUNCTION, MicronautLambdaContext.ENVIRONMENT_LAMBDA);
        deduceEnvironment(false);
        banner(false);
        if (!RemoteConfiguration.mayBeRead()) {
            bootstrapEnvironment(false);
        }
    }
}
