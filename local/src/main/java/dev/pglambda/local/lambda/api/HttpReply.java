package dev.pglambda.local.lambda.api;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** The answer to one request, in the forms of AWS's APIs. */
public final class HttpReply {

    private final HttpExchange exchange;

    public HttpReply(HttpExchange exchange) {
        this.exchange = exchange;
        header("x-amzn-RequestId", UUID.randomUUID().toString());
    }

    public HttpReply header(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
        return this;
    }

    /** An error as Lambda's API has it. */
    public void error(LambdaApiException error) throws IOException {
        header("x-amzn-ErrorType", error.errorType());
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("Type", error.statusCode() < 500 ? "User" : "Service");
        members.put("Message", error.getMessage());
        json(error.statusCode(), members);
    }

    public void json(int status, Map<String, Object> members) throws IOException {
        send(status, JsonObjects.bytes(members));
    }

    /** Ends the exchange, also when the client has hung up meanwhile. */
    public void send(int status, byte[] body) throws IOException {
        try (exchange) {
            if (!exchange.getResponseHeaders().containsKey("Content-Type")) {
                header("Content-Type", "application/json");
            }
            // The unread rest of a request that was too large: a client that still sends would not see the answer.
            exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
            boolean empty = body.length == 0;
            exchange.sendResponseHeaders(status, empty ? -1 : body.length);
            if (!empty) {
                exchange.getResponseBody().write(body);
            }
        }
    }
}
