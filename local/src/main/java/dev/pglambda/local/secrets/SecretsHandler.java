package dev.pglambda.local.secrets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** AWS's JSON protocol: the operation in a header, its parameters and the reply as JSON objects. */
final class SecretsHandler implements HttpHandler {

    private static final int MAX_BYTES = 1_048_576;

    private final SecretsOperations operations;

    SecretsHandler(SecretsOperations operations) {
        this.operations = operations;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        try {
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String operation = target.substring(target.indexOf('.') + 1);
            byte[] body = exchange.getRequestBody().readNBytes(MAX_BYTES);
            send(exchange, 200, operations.perform(operation, new SecretsRequest(JsonObject.read(body))));
        } catch (SecretsException e) {
            exchange.getResponseHeaders().set("x-amzn-ErrorType", e.type());
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("__type", e.type());
            error.put("Message", e.getMessage());
            send(exchange, 400, error);
        }
    }

    private static void send(HttpExchange exchange, int status, Map<String, Object> members) throws IOException {
        byte[] body = JsonObject.write(members);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}
