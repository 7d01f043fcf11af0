package dev.pglambda.database;

import dev.pglambda.handler.Deadline;
import java.sql.SQLException;

/**
 * Where credentials come from. Failures are {@link java.sql.SQLNonTransientConnectionException} when asking again cannot
 * help, {@link java.sql.SQLTransientConnectionException} when it may. Thread-safe.
 */
interface CredentialSource {

    /** What a new connection is to use now. May do I/O, within the deadline. */
    Credentials current(Deadline deadline) throws SQLException;

    /** The server refused these. True when {@link #current} may have others for the next attempt. */
    boolean reject(Credentials refused);

    /** Drops what is cached. */
    void forget();

    /** Whether they come from a secret, which demands verified TLS. */
    boolean isSecret();
}
