package dev.pglambda.local.postgres;

import java.util.Objects;

/**
 * The settings of a server.
 *
 * @param port on 127.0.0.1; 0 for any free one
 * @param master the password of {@link LocalPostgres#MASTER}
 * @param app the password of {@link LocalPostgres#APP}
 */
public record PostgresSettings(int port, Password master, Password app) {

    public PostgresSettings {
        Objects.requireNonNull(master);
        Objects.requireNonNull(app);
    }

    /** For programs: any free port, and passwords that other users of this machine cannot guess. */
    public static PostgresSettings random() {
        return new PostgresSettings(0, Password.random(), Password.random());
    }

    /** For persons, who type the passwords: those are the users' names. */
    public static PostgresSettings known(int port) {
        return new PostgresSettings(port, new Password(LocalPostgres.MASTER), new Password(LocalPostgres.APP));
    }

    PostgresSettings withPort(int other) {
        return new PostgresSettings(other, master, app);
    }
}
