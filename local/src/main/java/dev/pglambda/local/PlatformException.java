package dev.pglambda.local;

/** The platform cannot start; the message is one line for the person who started it: what is wrong, what to do. */
public final class PlatformException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PlatformException(String message) {
        super(message);
    }

    PlatformException(String message, Throwable cause) {
        super(message, cause);
    }
}
