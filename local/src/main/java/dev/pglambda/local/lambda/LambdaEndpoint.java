package dev.pglambda.local.lambda;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.URI;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The HTTP API of the local AWS, for the AWS CLI and SDKs: Lambda's Invoke, ListFunctions, GetFunction and
 * GetFunctionConfiguration, and whatever else is mounted on the same port.
 *
 * <p>Listens on 127.0.0.1 only, and looks at no signature: who can reach it may use it. Web pages may not: a request
 * with an {@code Origin} is refused. Thread-safe.
 */
public final class LambdaEndpoint implements AutoCloseable {

    private final LambdaOperations lambda;
    private final HttpServer server;
    private final Map<String, HttpHandler> mounted = new ConcurrentHashMap<>();

    private LambdaEndpoint(LocalLambda lambda, int port) throws IOException {
        this.lambda = new LambdaOperations(lambda);
        this.server = Loopback.start(port, this::handle, lambda.executor());
    }

    /**
     * Starts to listen; port 0 takes any free one. Close it before the functions.
     *
     * @throws BindException when the port is taken, with what to do
     */
    public static LambdaEndpoint start(LocalLambda lambda, int port) throws IOException {
        try {
            return new LambdaEndpoint(lambda, port);
        } catch (BindException e) {
            BindException explained = new BindException("port " + port + " on 127.0.0.1 is in use: end the program that"
                    + " has it, or choose another port for Lambda");
            explained.initCause(e);
            throw explained;
        }
    }

    /** What goes to {@code --endpoint-url}. */
    public URI uri() {
        return URI.create("http://127.0.0.1:" + port());
    }

    public int port() {
        return server.getAddress().getPort();
    }

    /**
     * Adds an API of AWS's JSON protocol: {@code POST /} whose {@code X-Amz-Target} starts with the service's name and a
     * dot, such as {@code secretsmanager.GetSecretValue}.
     */
    public void mount(String service, HttpHandler handler) {
        mounted.put(service, handler);
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void handle(HttpExchange exchange) throws IOException {
        HttpReply reply = new HttpReply(exchange);
        try {
            if (exchange.getRequestHeaders().containsKey("Origin")) {
                throw new LambdaApiException(
                        "AccessDeniedException",
                        403,
                        "This endpoint is not for web pages: they could call any function");
            }
            Optional<HttpHandler> other = mountedFor(exchange);
            if (other.isPresent()) {
                other.get().handle(exchange);
            } else {
                lambda.handle(exchange, reply);
            }
        } catch (LambdaApiException e) {
            reply.error(e);
        } catch (RuntimeException e) {
            reply.error(new LambdaApiException("ServiceException", 500, e.toString()));
        }
    }

    private Optional<HttpHandler> mountedFor(HttpExchange exchange) {
        String target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        return target == null
                ? Optional.empty()
                : Optional.ofNullable(mounted.get(target.substring(0, Math.max(0, target.indexOf('.')))));
    }
}
