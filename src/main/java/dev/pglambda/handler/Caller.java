package dev.pglambda.handler;

import java.util.Objects;

/**
 * The caller, for logs and audit. The caller itself names these, so do not grant rights by them.
 *
 * @param database name of the database; empty when unknown
 * @param user the session's user; empty when unknown
 * @param application the session's {@code application_name}; empty when unknown
 */
public record Caller(String database, String user, String application) {

    /** A caller that names nothing, such as {@code aws lambda invoke}. */
    public static final Caller UNKNOWN = new Caller("", "", "");

    public Caller {
        Objects.requireNonNull(database);
        Objects.requireNonNull(user);
        Objects.requireNonNull(application);
    }
}
