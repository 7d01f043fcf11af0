package dev.pglambda.database.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.micronaut.serde.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** Serves GetSecretValue over HTTP for the SDK, for one secret with the answer of a test. */
public final class FakeSecretsManager implements AutoCloseable {

    public static final String SECRET_ID = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:app-AbCdEf";

    private final HttpServer http;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Answer answer;

    private record Answer(int status, String body, long delayMillis) {}

    public FakeSecretsManager() {
        try {
            http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        http.createContext("/", this::reply);
        http.setExecutor(threads);
        http.start();
    }

    public FakeSecretsManager holds(Map<String, Object> secret) {
        return holdsText(json(secret));
    }

    public FakeSecretsManager holdsText(String secret) {
        answer = new Answer(200, json(Map.of("ARN", SECRET_ID, "Name", "app", "SecretString", secret)), 0);
        return this;
    }

    public FakeSecretsManager holdsBinary(String secret) {
        String encoded = Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8));
        answer = new Answer(200, json(Map.of("ARN", SECRET_ID, "Name", "app", "SecretBinary", encoded)), 0);
        return this;
    }

    public FakeSecretsManager fails(int status, String code) {
        answer = new Answer(status, json(Map.of("__type", code, "message", "the fake says " + code)), 0);
        return this;
    }

    public FakeSecretsManager isSilent() {
        answer = new Answer(500, "", 60_000);
        return this;
    }

    public int calls() {
        return calls.get();
    }

    /** Micronaut's and the layer's settings for this endpoint. */
    public Map<String, Object> settings(Object... more) {
        Map<String, Object> settings = new LinkedHashMap<>(Map.of(
                "db.secret-arn",
                SECRET_ID,
                "aws.region",
                "eu-west-1",
                "aws.access-key-id",
                "test",
                "aws.secret-access-key",
                "test",
                "aws.services.secretsmanager.endpoint-override",
                "http://127.0.0.1:" + http.getAddress().getPort()));
        for (int i = 0; i < more.length; i += 2) {
            settings.put((String) more[i], more[i + 1]);
        }
        return settings;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        http.stop(0);
    }

    private void reply(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            Answer now = answer;
            Thread.sleep(now.delayMillis());
            byte[] body = now.body().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/x-amz-json-1.1");
            exchange.sendResponseHeaders(now.status(), body.length);
            exchange.getResponseBody().write(body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String json(Map<String, ?> fields) {
        try {
            return ObjectMapper.getDefault().writeValueAsString(fields);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
