package dev.pglambda.monitor;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.FunctionContextBuilder;
import io.micronaut.context.ApplicationContext;
import io.micronaut.context.ApplicationContextBuilder;
import io.micronaut.function.aws.MicronautRequestHandler;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Function {@code monitor}: measures the outbox whatever it is sent, and answers with how many lines of metrics it has
 * printed. What fails is thrown, and nothing is printed then: silence is what the alarm of the stack hears.
 */
public class MonitorHandler extends MicronautRequestHandler<Deadline, Integer> implements RequestStreamHandler {

    @Inject
    Outbox outbox;

    @Inject
    MetricLines lines;

    /** For Lambda. */
    public MonitorHandler() {}

    /** For tests. */
    public MonitorHandler(ApplicationContext context) {
        super(context);
    }

    @Override
    protected ApplicationContextBuilder newApplicationContextBuilder() {
        return new FunctionContextBuilder();
    }

    /** Entry point of Lambda's runtime client, which prefers it to the one by objects. */
    @Override
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        int printed = handleRequest(Deadline.toTell(context), context);
        output.write("{\"lines\":%d}".formatted(printed).getBytes(StandardCharsets.UTF_8));
    }

    /** Straight to standard output: a logger would wrap the lines, and CloudWatch then sees no metrics in them. */
    @Override
    public Integer execute(Deadline deadline) {
        var measured = outbox.measure(deadline);
        System.out.print(lines.of(measured));
        return measured.size();
    }
}
