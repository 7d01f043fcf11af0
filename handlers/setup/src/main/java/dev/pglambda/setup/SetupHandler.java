package dev.pglambda.setup;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.FunctionContextBuilder;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.function.aws.MicronautRequestHandler;
import io.micronaut.serde.ObjectMapper;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Function {@code setup}: takes a CloudFormation custom-resource event, as the provider framework of the CDK passes it on,
 * or the same typed by hand. Whatever fails is thrown: that is how CloudFormation learns of it.
 */
public class SetupHandler extends MicronautRequestHandler<SetupCall, SetupReply> implements RequestStreamHandler {

    @Inject
    Setup setup;

    @Inject
    ObjectMapper json;

    /** For Lambda. */
    public SetupHandler() {}

    /** For tests. */
    public SetupHandler(ApplicationContext context) {
        super(context);
    }

    @Override
    protected ApplicationContextBuilder newApplicationContextBuilder() {
        return new FunctionContextBuilder();
    }

    /** Entry point of Lambda's runtime client, which prefers it to the one by objects. */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        SetupEvent event = SetupEvent.read(json, input.readAllBytes());
        json.writeValue(output, handleRequest(new SetupCall(event, Deadline.toTell(context)), context));
    }

    @Override
    public SetupReply execute(SetupCall call) {
        return setup.perform(call);
    }
}
