package dev.pglambda.database.credentials;

import dev.pglambda.database.settings.Server;
import dev.pglambda.database.settings.Settings;
import dev.pglambda.handler.Deadline;

/** Credentials from {@code DB_HOST}, {@code DB_PORT}, {@code DB_NAME}, {@code DB_USER} and {@code DB_PASSWORD}. */
public final class DirectCredentials implements CredentialSource {

    private final Credentials credentials;

    private DirectCredentials(Credentials credentials) {
        this.credentials = credentials;
    }

    /** Throws {@link Settings.WrongSetting} that names what is missing. */
    public static DirectCredentials from(Settings settings) {
        Server server = Server.of(settings, "DB_USER", "DB_PASSWORD");
        return new DirectCredentials(new Credentials(
                server,
                settings.text("DB_USER").orElseThrow(),
                settings.text("DB_PASSWORD").orElseThrow()));
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
    public String described() {
        return "the password of the settings";
    }
}
