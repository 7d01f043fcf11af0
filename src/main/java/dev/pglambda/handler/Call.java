package dev.pglambda.handler;

import java.util.Objects;

/**
 * One invocation, as a handler sees it: everything but the items.
 *
 * @param id the same on every attempt of the same call: idempotency key and correlation id
 * @param caller who called
 * @param deadline when the caller or Lambda stops waiting, whichever comes first
 * @param options the options of the call, already bound and validated; see {@link #options(Class)}
 */
public record Call(String id, Caller caller, Deadline deadline, Object options) {

    public Call {
        Objects.requireNonNull(id);
        Objects.requireNonNull(caller);
        Objects.requireNonNull(deadline);
        Objects.requireNonNull(options);
    }

    /** A call without caller, deadline and options, for tests that need no more. */
    public static Call of(String id) {
        return new Call(id, Caller.UNKNOWN, Deadline.none(), NoOptions.NONE);
    }

    /**
     * The options as the type that {@link DatabaseHandler#optionsType()} names.
     *
     * @throws ClassCastException when the handler asks for another type than it declared
     */
    public <T> T options(Class<T> type) {
        return type.cast(options);
    }
}
