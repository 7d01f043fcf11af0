package dev.pglambda.local.lambda;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;

/** Starts the JDK's HTTP server on 127.0.0.1: nothing here may be reached from another machine. */
final class Loopback {

    static {
        // Read once, when the first server of the JVM starts. Without it, a reply in two writes takes 40 ms.
        System.setProperty("sun.net.httpserver.nodelay", "true");
    }

    private Loopback() {}

    /** Port 0 is any free one. */
    static HttpServer start(int port, HttpHandler handler, Executor executor) throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
        server.createContext("/", handler);
        server.setExecutor(executor);
        server.start();
        return server;
    }
}
