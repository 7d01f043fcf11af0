package dev.pglambda.local.lambda;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executor;

/** Lambda's runtime API for one environment: the HTTP side. What is to be done is the {@link Environment}'s. */
final class RuntimeApi implements AutoCloseable {

    private static final String BASE = "/2018-06-01/runtime/";
    private static final String INVOCATION = BASE + "invocation/";

    private final Environment environment;
    private final HttpServer server;

    RuntimeApi(Environment environment, Executor executor) throws IOException {
        this.environment = environment;
        this.server = Loopback.start(0, this::handle, executor);
    }

    /** What the process is told in AWS_LAMBDA_RUNTIME_API. */
    String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals(INVOCATION + "next")) {
            environment.next(new Poll(exchange)); // answered when there is something to do
        } else if (path.equals(BASE + "init/error")) {
            environment.initFailed(exchange.getRequestBody().readAllBytes());
            answer(exchange, 202);
        } else if (path.startsWith(INVOCATION) && path.endsWith("/response")) {
            Optional<byte[]> reply = read(exchange.getRequestBody());
            answer(exchange, reply.isPresent() ? 202 : 413);
            environment.replied(id(path, "/response"), reply);
        } else if (path.startsWith(INVOCATION) && path.endsWith("/error")) {
            environment.failed(id(path, "/error"), exchange.getRequestBody().readAllBytes());
            answer(exchange, 202);
        } else {
            answer(exchange, 404);
        }
    }

    private static String id(String path, String end) {
        return path.substring(INVOCATION.length(), path.length() - end.length());
    }

    /** Empty when it is over Lambda's limit; read to its end all the same, so that the connection can go on. */
    private static Optional<byte[]> read(InputStream body) throws IOException {
        byte[] reply = body.readNBytes(Payloads.SYNCHRONOUS_LIMIT + 1);
        if (reply.length <= Payloads.SYNCHRONOUS_LIMIT) {
            return Optional.of(reply);
        }
        body.transferTo(OutputStream.nullOutputStream());
        return Optional.empty();
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        byte[] body = "{\"status\":\"OK\"}".getBytes(StandardCharsets.US_ASCII);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    /** What the process has to say. */
    interface Environment {
        void next(Poll poll);

        void replied(String id, Optional<byte[]> reply);

        void failed(String id, byte[] error);

        void initFailed(byte[] error);
    }

    /** The process waits for work. To be answered once. */
    static final class Poll {
        private final HttpExchange exchange;

        private Poll(HttpExchange exchange) {
            this.exchange = exchange;
        }

        void answer(Invocation invocation, Duration timeout) throws IOException {
            Headers headers = exchange.getResponseHeaders();
            long deadline = System.currentTimeMillis() + timeout.toMillis();
            headers.set("Lambda-Runtime-Aws-Request-Id", invocation.id());
            headers.set("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
            headers.set("Lambda-Runtime-Invoked-Function-Arn", invocation.arn().toString());
            headers.set("Lambda-Runtime-Trace-Id", traceId(invocation));
            invocation.clientContext().ifPresent(context -> headers.set("Lambda-Runtime-Client-Context", context));
            headers.set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, invocation.payload().length);
            exchange.getResponseBody().write(invocation.payload());
            exchange.close();
        }

        /** In X-Ray's form; never sampled, for nobody collects traces here. */
        private static String traceId(Invocation invocation) {
            String hex = invocation.id().replace("-", "");
            return "Root=1-" + hex.substring(0, 8) + "-" + hex.substring(8) + ";Parent=" + hex.substring(16)
                    + ";Sampled=0";
        }
    }
}
