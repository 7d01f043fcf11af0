package dev.pglambda.local.lambda;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;

/** Lambda's runtime API for one environment: the HTTP side. What is to be done is the {@link Environment}'s. */
final class RuntimeApi implements AutoCloseable {

    private static final String BASE = "/2018-06-01/runtime/";
    private static final String INVOCATION = BASE + "invocation/";
    /** What the buffers of a loopback connection surely take. */
    private static final int SMALL_REPLY = 65_536;

    private static final byte[] OK = "{\"status\":\"OK\"}".getBytes(StandardCharsets.US_ASCII);

    private final Environment environment;
    private final Executor executor;
    private final ServerSocket server;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    RuntimeApi(Environment environment, Executor executor) throws IOException {
        this.environment = environment;
        this.executor = executor;
        this.server = new ServerSocket(0, 0, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
        executor.execute(this::accept);
    }

    /** What the process is told in AWS_LAMBDA_RUNTIME_API. */
    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    @Override
    public void close() {
        close(server);
        connections.forEach(RuntimeApi::close);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                connections.add(socket);
                executor.execute(() -> serve(socket));
            } catch (IOException e) {
                close(server); // by close(), or the system has no more files: the process then ends, too
            }
        }
        connections.forEach(RuntimeApi::close); // one that came while others were closed
    }

    private void serve(Socket socket) {
        try (socket) {
            RuntimeConnection connection = new RuntimeConnection(socket);
            Optional<RuntimeConnection.Request> request = connection.read();
            while (request.isPresent()) {
                handle(connection, request.get());
                request = connection.read();
            }
        } catch (IOException e) {
            // The process is gone, which its exit tells, or does not speak HTTP, which it finds out.
        } finally {
            connections.remove(socket);
        }
    }

    private void handle(RuntimeConnection connection, RuntimeConnection.Request request) throws IOException {
        String path = request.path();
        Optional<byte[]> body = request.body();
        if (path.equals(INVOCATION + "next")) {
            environment.next(new Poll(connection)); // answered when there is something to do
        } else if (path.equals(BASE + "init/error")) {
            environment.initFailed(body.orElseGet(() -> Failure.replyTooLarge().payload()));
            answer(connection, 202);
        } else if (path.startsWith(INVOCATION) && path.endsWith("/response")) {
            replied(connection, id(path, "/response"), body);
        } else if (path.startsWith(INVOCATION) && path.endsWith("/error")) {
            environment.failed(id(path, "/error"), body.orElseGet(() -> Failure.replyTooLarge()
                    .payload()));
            answer(connection, 202);
        } else {
            answer(connection, 404);
        }
    }

    /**
     * The caller first, who waits longer already; but one who may be slow to take a large reply does not keep the process. A
     * reply that is too large is settled before the process hears of it, which would report an error of its own.
     */
    private void replied(RuntimeConnection connection, String id, Optional<byte[]> body) throws IOException {
        boolean first = body.isEmpty() || body.get().length <= SMALL_REPLY;
        if (first) {
            environment.replied(id, body);
        }
        answer(connection, body.isPresent() ? 202 : 413);
        if (!first) {
            environment.replied(id, body);
        }
    }

    private static String id(String path, String end) {
        return path.substring(INVOCATION.length(), path.length() - end.length());
    }

    private static void answer(RuntimeConnection connection, int status) throws IOException {
        connection.answer(status, Map.of(), OK);
    }

    private static void close(AutoCloseable open) {
        try {
            open.close();
        } catch (Exception e) {
            // Nobody is left to tell.
        }
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
        private final RuntimeConnection connection;

        private Poll(RuntimeConnection connection) {
            this.connection = connection;
        }

        void answer(Invocation invocation, Duration timeout) throws IOException {
            Map<String, String> headers = new LinkedHashMap<>();
            long deadline = System.currentTimeMillis() + timeout.toMillis();
            headers.put("Lambda-Runtime-Aws-Request-Id", invocation.id());
            headers.put("Lambda-Runtime-Deadline-Ms", Long.toString(deadline));
            headers.put("Lambda-Runtime-Invoked-Function-Arn", invocation.arn().toString());
            headers.put("Lambda-Runtime-Trace-Id", traceId(invocation));
            invocation.clientContext().ifPresent(context -> headers.put("Lambda-Runtime-Client-Context", context));
            connection.answer(200, headers, invocation.payload());
        }

        /** In X-Ray's form; never sampled, for nobody collects traces here. */
        private static String traceId(Invocation invocation) {
            String hex = invocation.id().replace("-", "");
            return "Root=1-" + hex.substring(0, 8) + "-" + hex.substring(8) + ";Parent=" + hex.substring(16)
                    + ";Sampled=0";
        }
    }
}
