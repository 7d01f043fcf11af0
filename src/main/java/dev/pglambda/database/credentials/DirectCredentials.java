package dev.pglambda.database.credentials;

import dev.pglambda.database.settings.Server;
import dev.pglambda.database.settings.Settings;
import dev.pglambda.handler.Deadline;
import java.util.ArrayList;
import java.util.List;

/** Credentials straight from {@code DB_HOST}, {@code DB_PORT}, {@code DB_NAME}, {@code DB_USER} and {@code DB_PASSWORD}. */
public final class DirectCredentials implements CredentialSource {

    private final Credentials credentials;

    private DirectCredentials(Credentials credentials) {
        this.credentials = credentials;
    }

    /** Throws {@link Settings.WrongSetting} that names what is missing. */
    public static DirectCredentials from(Settings settings) {
        List<String> missing = new ArrayList<>(List.of("DB_HOST", "DB_NAME", "DB_USER", "DB_PASSWORD"));
        missing.removeIf(name -> settings.text(name).isPresent());
        if (!missing.isEmpty()) {
            throw new Settings.WrongSetting("no database is configured: set DB_SECRET_ARN (or DB_SECRET_NAME), or "
                    + String.join(", ", missing) + " for a direct connection");
        }
        Server server = new Server(
                settings.text("DB_HOST").orElseThrow().strip(),
                settings.number("DB_PORT", Server.DEFAULT_PORT, 1, 65535),
                settings.text("DB_NAME").orElseThrow().strip());
        return new DirectCredentials(new Credentials(
                server,
                settings.text("DB_USER").orElseThrow(),
                settings.text("DB_PASSWORD").orElseThrow()));
    }

    /** Where they lead to. */
    public Server server() {
        return credentials.server();
    }

    @Override
    public Credentials current(Deadline deadline) {
        return credentials;
    }

    @Override
    public boolean reject(Credentials refused) {
        return false;
    }

    @Override
    public void forget() {
        // the environment of a process does not change
    }

    @Override
    public boolean isSecret() {
        return false;
    }
}
