package dev.pglambda.local.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** Finds the server a port on 127.0.0.1. What is free now may be taken a moment later. */
final class ServerPort {

    /**
     * Below the ports that kernels give to connections and to whoever listens on any (from 32768 on Linux, 49152 on macOS):
     * one of those could go to another socket of this very process before the server has it.
     */
    private static final int FIRST = 20_000;

    private static final int END = 32_000;
    private static final int ATTEMPTS = 100;

    private ServerPort() {}

    /** By lot, so that servers that start at the same time do not all want the same one. */
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
}
