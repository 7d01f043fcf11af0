package dev.pglambda.lambda;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.pglambda.call.Payload;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.function.aws.MicronautRequestHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The class that Lambda calls in every function: starts the application, finds its one bean of {@link
 * dev.pglambda.handler.Handler} or {@link dev.pglambda.handler.EventHandler}, and passes each invocation to it. It is
 * the {@code handler} of a function.json that names none.
 *
 * <p>A function without such a bean, or with two, fails when it starts with an error that names them.
 */
public final class LambdaFunction extends MicronautRequestHandler<Payload, Payload> implements RequestStreamHandler {

    private volatile FunctionService service;

    @SuppressWarnings("unused") // CRaC's contexts hold resources weakly
    private Object snapStartHook;

    /** For Lambda: starts an application context. */
    public LambdaFunction() {
        if (RemoteConfiguration.waitsForRestore(getApplicationContext())) {
            snapStartHook = RemoteConfiguration.afterRestore(this::restart);
        } else {
            serve();
            snapStartHook = SnapStartRehearsal.register(service);
        }
    }

    /**
     * For tests: serves one handler of an existing application context.
     *
     * @param handler the class of the bean
     */
    public LambdaFunction(ApplicationContext context, Class<?> handler) {
        super(context);
        this.service = FunctionService.of(HandlerBean.of(context, handler), context);
    }

    private void serve() {
        service = FunctionService.of(HandlerBean.only(getApplicationContext()), getApplicationContext());
    }

    /** Starts another context, which reads the configuration that must not be in the snapshot. */
    private void restart() {
        getApplicationContext().close();
        buildApplicationContext(null);
        serve();
    }

    /** The function's name: what {@code action} must be. */
    public String name() {
        return service.name();
    }

    /** Entry point of Lambda's runtime client, which prefers it to the one by objects: it leaves the JSON untouched. */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Payload reply = service.answer(new Payload(input.readAllBytes()), Optional.ofNullable(context));
        output.write(reply.json());
    }

    /** The same by objects, without Lambda's context. */
    @Override
    public Payload execute(Payload payload) {
        return service.answer(payload, Optional.empty());
    }

    @Override
    protected ApplicationContextBuilder newApplicationContextBuilder() {
        return new FunctionContextBuilder();
    }
}
