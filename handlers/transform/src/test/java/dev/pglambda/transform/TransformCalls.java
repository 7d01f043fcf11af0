package dev.pglambda.transform;

import dev.pglambda.call.Payload;
import dev.pglambda.lambda.LambdaFunction;
import io.micronaut.context.ApplicationContext;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** Calls the handler, in its own context, with the bytes that SQL would send. */
final class TransformCalls implements AutoCloseable {

    private final ApplicationContext context = ApplicationContext.run();
    private final LambdaFunction function = new LambdaFunction(context, TransformHandler.class);
    private final JsonMapper json = context.getBean(JsonMapper.class);

    /** The text of the reply to a request for one item. */
    String reply(String data, Map<String, Object> options, int timeoutMs) {
        try {
            String request = "{\"data\": " + data + ", \"timeoutMs\": " + timeoutMs + ", \"options\": "
                    + json.writeValueAsString(options) + "}";
            return function.execute(Payload.of(request)).text();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    JsonNode parse(String text) {
        try {
            return json.readValue(text, JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String print(JsonNode node) {
        try {
            return json.writeValueAsString(node);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
