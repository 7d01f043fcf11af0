package com.example.orders;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What the function calls, on one port: the service for rates, and an S3 that takes objects. */
public final class OrderServices implements AutoCloseable {

    public static final String KEY = "key of the rates";

    private final Map<String, String> objects = new ConcurrentHashMap<>();
    private final HttpServer server;

    private OrderServices(HttpServer server) {
        this.server = server;
        server.createContext("/rates/", this::rate);
        server.createContext("/", this::store);
        server.start();
    }

    public static OrderServices start() throws IOException {
        return new OrderServices(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** What is stored, by bucket and key: {@code /bucket/key}. */
    public Map<String, String> objects() {
        return objects;
    }

    private void rate(HttpExchange exchange) throws IOException {
        boolean known = KEY.equals(exchange.getRequestHeaders().getFirst("X-Api-Key"));
        byte[] body = (known ? "1.25" : "no").getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(known ? 200 : 403, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private void store(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readAllBytes();
        objects.put(exchange.getRequestURI().getPath(), new String(body, StandardCharsets.UTF_8));
        exchange.sendResponseHeaders(200, -1);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
