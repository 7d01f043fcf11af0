package dev.pglambda.database.settings;

import java.util.Objects;

/** Which database of which server. */
public record Server(String host, int port, String database) {

    public static final int DEFAULT_PORT = 5432;

    public Server {
        Objects.requireNonNull(host);
        Objects.requireNonNull(database);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port);
        }
    }

    @Override
    public String toString() {
        return host + ":" + port + "/" + database;
    }
}
