package dev.pglambda.database.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A server and a database on it. */
public record Server(String host, int port, String database) {

    public static final int DEFAULT_PORT = 5432;

    public Server {
        Objects.requireNonNull(host);
        Objects.requireNonNull(database);
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port " + port);
        }
    }

    /**
     * From {@code DB_HOST}, {@code DB_PORT} and {@code DB_NAME}. Throws {@link Settings.WrongSetting} that names every
     * missing one of these and of the others.
     *
     * @param others further settings that must be set
     */
    public static Server of(Settings settings, String... others) {
        List<String> missing = new ArrayList<>(List.of("DB_HOST", "DB_NAME"));
        missing.addAll(List.of(others));
        missing.removeIf(name -> settings.text(name).isPresent());
        if (!missing.isEmpty()) {
            throw new Settings.WrongSetting("no database is configured: set DB_SECRET_ARN (or DB_SECRET_NAME), or "
                    + String.join(", ", missing) + " for a connection without a secret");
        }
        return new Server(
                settings.text("DB_HOST").orElseThrow().strip(),
                settings.number("DB_PORT", DEFAULT_PORT, 1, 65535),
                settings.text("DB_NAME").orElseThrow().strip());
    }

    @Override
    public String toString() {
        return host + ":" + port + "/" + database;
    }
}
