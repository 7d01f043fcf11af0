package dev.pglambda.handler;

import java.util.List;
import java.util.Objects;

/**
 * One invocation, as a handler sees it: everything but the items.
 *
 * @param id the same on every attempt of the same call: idempotency key and correlation id
 * @param caller who called
 * @param deadline when the caller or Lambda stops waiting, whichever comes first
 * @param options the options of the call, already bound and validated; see {@link #options(Class)}
 * @param itemIds for a batch whose items have ids of their own, these, in the order of the items; else empty
 */
public record Call(String id, Caller caller, Deadline deadline, Object options, List<String> itemIds) {

    public Call {
        Objects.requireNonNull(id);
        Objects.requireNonNull(caller);
        Objects.requireNonNull(deadline);
        Objects.requireNonNull(options);
        itemIds = List.copyOf(itemIds);
    }

    /** A call whose items, if they are several, have no ids of their own. */
    public Call(String id, Caller caller, Deadline deadline, Object options) {
        this(id, caller, deadline, options, List.of());
    }

    /** A call without caller, deadline and options, for tests that need no more. */
    public static Call of(String id) {
        return new Call(id, Caller.UNKNOWN, Deadline.none(), NoOptions.NONE);
    }

    /**
     * The call for one item of the batch that {@link DatabaseHandler#handleAll} gets: its {@code id} is the item's own, the
     * same on every attempt, however the item is sent. Where items have none, it is this call.
     */
    public Call ofItem(int index) {
        return itemIds.isEmpty() ? this : new Call(itemIds.get(index), caller, deadline, options);
    }

    /** The call for some of its items. */
    Call ofItems(List<Integer> places) {
        return itemIds.isEmpty()
                ? this
                : new Call(
                        id,
                        caller,
                        deadline,
                        options,
                        places.stream().map(itemIds::get).toList());
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
