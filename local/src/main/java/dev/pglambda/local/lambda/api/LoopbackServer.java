package dev.pglambda.local.lambda.api;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.regex.Pattern;

/**
 * Starts the JDK's HTTP server on 127.0.0.1, out of reach of other machines, and of web pages too: a browser sends the
 * name of the page's site as {@code Host}, also when that name resolves to 127.0.0.1, and the site itself as
 * {@code Origin}.
 */
public final class LoopbackServer {

    private static final Pattern THIS_MACHINE = Pattern.compile("(127\\.0\\.0\\.1|localhost)(:\\d+)?");

    static {
        // Read once, when the first server of the JVM starts. Without the first property, a reply in two writes takes
        // 40 ms; without the second, a connection is closed after 30 s, even while a function works on its event.
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.idleInterval", "1000");
    }

    private LoopbackServer() {}

    /** Listens at once; port 0 is any free one. */
    public static HttpServer start(int port, HttpHandler handler, Executor executor) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
        server.createContext("/", exchange -> handle(exchange, handler));
        server.setExecutor(executor);
        server.start();
        return server;
    }

    private static void handle(HttpExchange exchange, HttpHandler handler) throws IOException {
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (host == null || !THIS_MACHINE.matcher(host).matches()) {
            refuse(exchange, "Write 127.0.0.1 or localhost as the host: '" + host + "' may be the site of a web page");
        } else if (exchange.getRequestHeaders().containsKey("Origin")) {
            refuse(exchange, "This server is not for web pages: they could call any function");
        } else {
            handler.handle(exchange);
        }
    }

    private static void refuse(HttpExchange exchange, String message) throws IOException {
        new HttpReply(exchange).error(new LambdaApiException("AccessDeniedException", 403, message));
    }
}
