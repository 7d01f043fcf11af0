package dev.pglambda.local.postgres;

/** The server cannot start; the message is one line that says why and what to do. */
public final class PostgresStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PostgresStartException(String message, Throwable cause) {
        super(message, cause);
    }

    PostgresStartException(String message) {
        super(message);
    }
}
