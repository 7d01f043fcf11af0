package dev.pglambda.database.credentials;

import dev.pglambda.database.settings.Server;
import java.util.Objects;

/** The server, and the user and password for it. {@code toString} does not show the password. */
public record Credentials(Server server, String user, String password) {

    public Credentials {
        Objects.requireNonNull(server);
        Objects.requireNonNull(user);
        Objects.requireNonNull(password);
    }

    @Override
    public String toString() {
        return "Credentials[server=" + server + ", user=" + user + ", password=***]";
    }
}
