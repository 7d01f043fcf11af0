package dev.pglambda.local.postgres;

import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.ThreadLocalRandom;

/** The server's port on 127.0.0.1. A port that is free now may be taken a moment later. */
final class ServerPort {

    /**
     * Below the ports that kernels give to connections and to servers that ask for any (from 32768 on Linux, 49152 on
     * macOS): one of those could go to another socket of this very process before the server has it.
     */
    private static final int FIRST = 20_000;

    private static final int END = 32_000;
    private static final int ATTEMPTS = 100;
    private static final int CONNECT_TIMEOUT_MS = 1_000;

    private ServerPort() {}

    /** A random one, so that servers that start at the same time do not all want the same. */
    static int anyFree() {
        for (int attempt = 1; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST, END);
            try {
                requireFree(port);
                return port;
            } catch (PostgresStartException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    static void requireFree(int port) {
        try {
            new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
        } catch (IOException e) {
            throw new PostgresStartException(
                    "port " + port + " on 127.0.0.1 is in use: stop what listens there or choose another port", e);
        }
    }

    static boolean isListening(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_TIMEOUT_MS);
            return true;
        } catch (ConnectException e) {
            return false;
        } catch (IOException e) {
            return true; // too busy to answer, or this process has no more files
        }
    }
}
