package dev.pglambda.local.secrets;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.pglambda.local.lambda.api.HttpReply;
import dev.pglambda.local.lambda.api.JsonObjects;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** AWS's JSON protocol: the operation in a header, its parameters and the reply as JSON objects. */
final class SecretsHandler implements HttpHandler {

    private static final int MAX_BYTES = 1_048_576;

    private final SecretsOperations operations;

    SecretsHandler(SecretsOperations operations) {
        this.operations = operations;
    }

    @Override
    public void handle(HttpExchange exchange) throws IOException {
        HttpReply reply = new HttpReply(exchange).header("Content-Type", "application/x-amz-json-1.1");
        try {
            String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
            String operation = target.substring(target.indexOf('.') + 1);
            reply.json(200, operations.perform(operation, request(exchange)));
        } catch (SecretsException e) {
            Map<String, Object> error = new LinkedHashMap<>();
            error.put("__type", e.type());
            error.put("Message", e.getMessage());
            reply.header("x-amzn-ErrorType", e.type()).json(400, error);
        }
    }

    /** The parser's own message is not passed on, because it quotes what it reads. */
    private static SecretsRequest request(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(MAX_BYTES);
        try {
            return new SecretsRequest(JsonObjects.read(body));
        } catch (IOException e) {
            throw SecretsException.notJson("The request is not a JSON object.");
        }
    }
}
