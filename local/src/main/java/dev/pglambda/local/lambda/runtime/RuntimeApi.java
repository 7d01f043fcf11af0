package dev.pglambda.local.lambda.runtime;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.pglambda.local.lambda.api.LoopbackServer;
import dev.pglambda.local.lambda.api.Payloads;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Lambda's runtime API for one process of a function: the HTTP side. The process's requests go to a {@link Listener}.
 *
 * <p>One thread reads all requests, because one process sends them, one after the other.
 */
public final class RuntimeApi implements AutoCloseable {

    private static final String BASE = "/2018-06-01/runtime/";
    private static final String INVOCATION = BASE + "invocation/";
    /** Less than the buffers of a loopback connection take at once. */
    private static final int SMALL_REPLY = 65_536;

    private static final byte[] OK = "{\"status\":\"OK\"}".getBytes(StandardCharsets.US_ASCII);

    private final Listener listener;
    private final HttpServer server;

    public RuntimeApi(Listener listener) throws IOException {
        this.listener = listener;
        this.server = LoopbackServer.start(0, this::handle, Runnable::run);
    }

    /** What the process gets as {@code AWS_LAMBDA_RUNTIME_API}. */
    public String address() {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        if (path.equals(INVOCATION + "next")) {
            listener.next(new Poll(exchange)); // answered when there is an event
            return;
        }
        if (path.equals(BASE + "restore/next")) {
            listener.initialized(new Poll(exchange));
            return;
        }
        Optional<byte[]> body = body(exchange);
        if (path.equals(BASE + "init/error")) {
            listener.initFailed(body);
            answer(exchange, 202, OK);
        } else if (path.startsWith(INVOCATION) && path.endsWith("/response")) {
            replied(exchange, id(path, "/response"), body);
        } else if (path.startsWith(INVOCATION) && path.endsWith("/error")) {
            listener.failed(id(path, "/error"), body);
            answer(exchange, 202, OK);
        } else {
            answer(exchange, 404, OK);
        }
    }

    /**
     * The caller is answered first, because it waits longer already; but a caller that is slow to take a large reply
     * does not keep the process. A reply that is too large is settled before the process gets its status and reports an
     * error of its own.
     */
    private void replied(HttpExchange exchange, String id, Optional<byte[]> body) throws IOException {
        boolean callerFirst = body.isEmpty() || body.get().length <= SMALL_REPLY;
        if (callerFirst) {
            listener.replied(id, body);
        }
        answer(exchange, body.isPresent() ? 202 : 413, OK);
        if (!callerFirst) {
            listener.replied(id, body);
        }
    }

    /** Empty when it is over Lambda's limit; read to its end all the same, so that the connection can be used again. */
    private static Optional<byte[]> body(HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(Payloads.SYNCHRONOUS_LIMIT + 1);
        exchange.getRequestBody().transferTo(OutputStream.nullOutputStream());
        return Optional.of(body).filter(bytes -> bytes.length <= Payloads.SYNCHRONOUS_LIMIT);
    }

    private static String id(String path, String end) {
        return path.substring(INVOCATION.length(), path.length() - end.length());
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Takes the process's requests. A body is empty if it is over Lambda's limit. Must not block. */
    public interface Listener {

        /** The process waits for an event. */
        void next(Poll poll);

        void replied(String id, Optional<byte[]> reply);

        void failed(String id, Optional<byte[]> error);

        void initFailed(Optional<byte[]> error);

        /** With SnapStart: the process has run its hooks before the snapshot, and waits to be restored. At once by default. */
        default void initialized(Poll poll) throws IOException {
            poll.restore();
        }
    }

    /** A process that waits for an event, or to be restored. To be answered once. */
    public static final class Poll {
        private final HttpExchange exchange;

        private Poll(HttpExchange exchange) {
            this.exchange = exchange;
        }

        /** Sends the event; {@link IOException} if the process has ended. */
        public void answer(Invocation invocation, Duration timeout) throws IOException {
            header("Aws-Request-Id", invocation.id());
            header("Deadline-Ms", Long.toString(System.currentTimeMillis() + timeout.toMillis()));
            header("Invoked-Function-Arn", invocation.arn().toString());
            header("Trace-Id", traceId(invocation));
            invocation.clientContext().ifPresent(context -> header("Client-Context", context));
            RuntimeApi.answer(exchange, 200, invocation.payload());
        }

        /** Lets the process go on after its snapshot; {@link IOException} if the process has ended. */
        public void restore() throws IOException {
            RuntimeApi.answer(exchange, 200, OK);
        }

        private void header(String name, String value) {
            exchange.getResponseHeaders().set("Lambda-Runtime-" + name, value);
        }

        /** In X-Ray's form; never sampled, because nobody collects traces here. */
        private static String traceId(Invocation invocation) {
            String hex = invocation.id().replace("-", "");
            return "Root=1-" + hex.substring(0, 8) + "-" + hex.substring(8) + ";Parent=" + hex.substring(16)
                    + ";Sampled=0";
        }
    }
}
