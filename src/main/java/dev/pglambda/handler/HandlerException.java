package dev.pglambda.handler;

import java.util.Objects;
import java.util.Optional;

/**
 * An expected failure of one item: PostgreSQL raises it with this SQLSTATE, MESSAGE, DETAIL and HINT.
 *
 * <p>For bad input, conflicts and missing things. The message says what happened, with the value, and what to do. It
 * must not contain a secret, because the caller sees all of it. Message and hint are cut after 1,000 characters, the
 * detail after 10,000; NUL and unpaired surrogates, which PostgreSQL cannot store, become U+FFFD. Has no stack trace,
 * so one for each bad item of a batch is cheap.
 */
public final class HandlerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST = 1_000;
    private static final int LONGEST_DETAIL = 10_000;

    private final String sqlState;
    private final String detail;
    private final String hint;

    /**
     * A failure with all parts that PostgreSQL shows.
     *
     * @param sqlState five characters, not of a success or warning class; see {@link SqlState}. Codes about the session or
     *     the server (classes 08, 0A, 25, 2D, 3B, 57, 58, F0, XX and P0004), for which connection pools drop a healthy
     *     connection, reach SQL as 38000 with the code in the DETAIL
     * @param detail may be empty
     * @param hint may be empty
     */
    public HandlerException(String sqlState, String message, String detail, String hint) {
        this(SqlState.checked(sqlState), new Texts(message, detail, hint), null);
    }

    /** A failure without detail and hint. */
    public HandlerException(String sqlState, String message) {
        this(sqlState, message, "", "");
    }

    private HandlerException(String sqlState, Texts texts, Throwable cause) {
        super(texts.message, cause, true, false);
        this.sqlState = sqlState;
        this.detail = texts.detail;
        this.hint = texts.hint;
    }

    /**
     * The same failure with its cause, which is logged at DEBUG, for 38000 at ERROR. The caller never sees the cause.
     */
    public HandlerException causedBy(Throwable cause) {
        return new HandlerException(sqlState, new Texts(getMessage(), detail, hint), cause);
    }

    /** 22023: the item, an option or the request is not what the handler takes. */
    public static HandlerException invalid(String message, String detail, String hint) {
        return new HandlerException(SqlState.INVALID_PARAMETER_VALUE, message, detail, hint);
    }

    /** 38000: the handler threw another exception. Has its type only: its message may hold rows, hosts or secrets. */
    static HandlerException bug(Throwable bug, String callId) {
        return new HandlerException(
                SqlState.EXTERNAL_ROUTINE_EXCEPTION,
                "the function failed on this item",
                bug.getClass().getName() + ", call " + callId,
                "This is a bug of the function. Its log has the stack trace: look for the call's id.");
    }

    public String sqlState() {
        return sqlState;
    }

    public Optional<String> detail() {
        return detail.isEmpty() ? Optional.empty() : Optional.of(detail);
    }

    public Optional<String> hint() {
        return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
    }

    private record Texts(String message, String detail, String hint) {
        Texts {
            message = ErrorText.fit(Objects.requireNonNull(message), LONGEST);
            detail = ErrorText.fit(Objects.requireNonNull(detail), LONGEST_DETAIL);
            hint = ErrorText.fit(Objects.requireNonNull(hint), LONGEST);
        }
    }
}
