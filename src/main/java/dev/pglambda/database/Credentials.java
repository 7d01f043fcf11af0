package dev.pglambda.database;

import java.util.Objects;

/** Where to connect and as whom. Never prints the password. */
record Credentials(Server server, String user, String password) {

    Credentials {
        Objects.requireNonNull(server);
        Objects.requireNonNull(user);
        Objects.requireNonNull(password);
    }

    @Override
    public String toString() {
        return "Credentials[server=" + server + ", user=" + user + ", password=***]";
    }
}
