package dev.pglambda.local.lambda;

import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.UUID;

/** The answer to one request, in the forms that AWS's REST APIs have. */
final class HttpReply {

    private final HttpExchange exchange;

    HttpReply(HttpExchange exchange) {
        this.exchange = exchange;
        header("x-amzn-RequestId", UUID.randomUUID().toString());
    }

    HttpReply header(String name, String value) {
        exchange.getResponseHeaders().set(name, value);
        return this;
    }

    void json(int status, Json body) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = Payloads.JSON.createGenerator(bytes)) {
            body.writeTo(json);
        }
        send(status, bytes.toByteArray());
    }

    void error(LambdaApiException error) throws IOException {
        header("x-amzn-ErrorType", error.errorType());
        json(error.statusCode(), json -> {
            json.writeStartObject();
            json.writeStringField("Type", error.statusCode() < 500 ? "User" : "Service");
            json.writeStringField("Message", error.getMessage());
            json.writeEndObject();
        });
    }

    void send(int status, byte[] body) throws IOException {
        header("Content-Type", "application/json");
        // Unread rest of the request, as of one that was too large: a client that still sends would not see the answer.
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        boolean none = body.length == 0;
        exchange.sendResponseHeaders(status, none ? -1 : body.length);
        if (!none) {
            exchange.getResponseBody().write(body);
        }
        exchange.close();
    }

    /** Writes a JSON value. */
    @FunctionalInterface
    interface Json {
        void writeTo(JsonGenerator json) throws IOException;
    }
}
