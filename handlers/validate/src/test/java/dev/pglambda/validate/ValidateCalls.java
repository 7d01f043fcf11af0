package dev.pglambda.validate;

import dev.pglambda.call.Payload;
import dev.pglambda.lambda.LambdaFunction;
import io.micronaut.context.ApplicationContext;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Calls the handler, in its own context, with the bytes that SQL would send. */
final class ValidateCalls implements AutoCloseable {

    private final ApplicationContext context = ApplicationContext.run();
    private final LambdaFunction function = new LambdaFunction(context, ValidateHandler.class);
    private final JsonMapper json = context.getBean(JsonMapper.class);

    /** The reply to a request for one item against a schema, both as JSON. */
    String check(String data, String schema) {
        return reply("{\"data\": " + data + ", \"options\": {\"schema\": " + schema + "}}");
    }

    /** The text of the reply to a request. */
    String reply(String request) {
        return function.execute(Payload.of(request)).text();
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
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
