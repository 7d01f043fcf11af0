package dev.pglambda.local.lambda.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The HTTP API of the local AWS, for the AWS CLI and SDKs: Lambda's Invoke and ListFunctions, and other services
 * on the same port.
 *
 * <p>Listens on 127.0.0.1 only, and checks no signature: every program of this machine may use it. Web pages may not,
 * see {@link LoopbackServer}. Thread-safe.
 */
public final class LambdaEndpoint implements AutoCloseable {

    private final LambdaOperations lambda;
    private final ExecutorService threads = Executors.newCachedThreadPool(LambdaEndpoint::daemon);
    private final HttpServer server;
    private final Map<String, HttpHandler> services = new ConcurrentHashMap<>();

    private LambdaEndpoint(LambdaApi lambda, int port) throws IOException {
        this.lambda = new LambdaOperations(lambda);
        this.server = LoopbackServer.start(port, this::handle, threads);
    }

    /**
     * Starts to listen; port 0 is any free one. Close the endpoint before the functions.
     *
     * @throws BindException if the port is in use, with what to do
     */
    public static LambdaEndpoint start(LambdaApi lambda, int port) throws IOException {
        try {
            return new LambdaEndpoint(lambda, port);
        } catch (BindException e) {
            BindException explained = new BindException("port " + port + " on 127.0.0.1 is in use: end the program that"
                    + " has it, or choose another port for Lambda");
            explained.initCause(e);
            throw explained;
        }
    }

    /** The value of the CLI's option {@code --endpoint-url}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /**
     * Adds a service with AWS's JSON protocol: {@code POST /} whose {@code X-Amz-Target} starts with the service's name
     * and a dot, such as {@code secretsmanager.GetSecretValue}.
     */
    public void mount(String service, HttpHandler handler) {
        services.put(service, handler);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void handle(HttpExchange exchange) throws IOException {
        HttpReply reply = new HttpReply(exchange);
        try {
            Optional<HttpHandler> service = service(exchange);
            if (service.isPresent()) {
                service.get().handle(exchange);
            } else {
                lambda.handle(exchange, reply);
            }
        } catch (LambdaApiException e) {
            reply.error(e);
        } catch (RuntimeException e) {
            reply.error(new LambdaApiException("ServiceException", 500, e.toString()));
        }
    }

    private Optional<HttpHandler> service(HttpExchange exchange) {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        return target == null
                ? Optional.empty()
                : Optional.ofNullable(services.get(target.substring(0, Math.max(0, target.indexOf('.')))));
    }

    private static Thread daemon(Runnable task) {
        Thread thread = new Thread(task, "lambda endpoint");
        thread.setDaemon(true);
        return thread;
    }
}
