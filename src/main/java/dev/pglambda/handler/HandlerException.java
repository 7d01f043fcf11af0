package dev.pglambda.handler;

import java.util.Objects;
import java.util.Optional;

/**
 * An expected failure of one item: PostgreSQL raises it with this SQLSTATE, MESSAGE, DETAIL and HINT.
 *
 * <p>For bad input, conflicts and missing things. Anything else that a handler throws is a bug: it goes to Lambda, whose
 * error metrics and alarms then see it, and reaches SQL as 38000. Message = what happened + the value + what to do; never
 * a secret, since the caller sees all of it. Carries no stack trace, so raising one per bad item of a batch is cheap.
 */
public final class HandlerException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String sqlState;
    private final String detail;
    private final String hint;

    /**
     * A failure with all that PostgreSQL shows of it.
     *
     * @param sqlState five characters, not of a success or warning class; see {@link SqlState}
     * @param detail may be empty
     * @param hint may be empty
     */
    public HandlerException(String sqlState, String message, String detail, String hint) {
        this(sqlState, message, detail, hint, null);
    }

    /** A failure without detail and hint. */
    public HandlerException(String sqlState, String message) {
        this(sqlState, message, "", "", null);
    }

    private HandlerException(String sqlState, String message, String detail, String hint, Throwable cause) {
        super(Objects.requireNonNull(message), cause, true, false);
        this.sqlState = SqlState.checked(sqlState);
        this.detail = Objects.requireNonNull(detail);
        this.hint = Objects.requireNonNull(hint);
    }

    /** The same failure with the exception that led to it, for the log; the caller never sees the cause. */
    public HandlerException causedBy(Throwable cause) {
        return new HandlerException(sqlState, getMessage(), detail, hint, cause);
    }

    /** 22023: the item, an option or the request is not what the handler takes. */
    public static HandlerException invalid(String message, String detail, String hint) {
        return new HandlerException(SqlState.INVALID_PARAMETER_VALUE, message, detail, hint);
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
}
