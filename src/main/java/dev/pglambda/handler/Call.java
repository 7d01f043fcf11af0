package dev.pglambda.handler;

import com.amazonaws.services.lambda.runtime.Context;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One call, as a handler sees it: everything but the items. Immutable.
 *
 * @param id the same on every attempt of the same call: idempotency key and correlation id
 * @param caller who called
 * @param deadline the time by which the work must be over. It is a tenth of the time, at most 200 ms, before the caller
 *     or Lambda stops waiting, so that work that ends at the deadline is still answered
 * @param options the options of the call, bound and validated; see {@link #options(Class)}
 * @param itemIds the ids of a batch's items, in the order of the items; empty when the items have no ids
 * @param lambda Lambda's context; empty outside of Lambda
 */
public record Call(
        String id, Caller caller, Deadline deadline, Object options, List<String> itemIds, Optional<Context> lambda) {

    public Call {
        Objects.requireNonNull(id);
        Objects.requireNonNull(caller);
        Objects.requireNonNull(deadline);
        Objects.requireNonNull(options);
        Objects.requireNonNull(lambda);
        itemIds = List.copyOf(itemIds);
    }

    /** A call without caller, deadline and options, for tests. */
    public static Call of(String id) {
        return new Call(id, Caller.UNKNOWN, Deadline.none(), NoOptions.NONE, List.of(), Optional.empty());
    }

    /** The same call with another deadline. */
    public Call withDeadline(Deadline other) {
        return new Call(id, caller, other, options, itemIds, lambda);
    }

    /** The same call with other options. */
    public Call withOptions(Object other) {
        return new Call(id, caller, deadline, other, itemIds, lambda);
    }

    /**
     * The call for one item of the batch that {@link Handler#handleAll} gets: its {@code id} is that of the item, the
     * same on every attempt, in whatever batch. Returns this call when the items have no ids.
     */
    public Call ofItem(int index) {
        return itemIds.isEmpty() ? this : new Call(itemIds.get(index), caller, deadline, options, List.of(), lambda);
    }

    /** The call for the items at these places of the batch, counted from 0. */
    public Call ofItems(List<Integer> places) {
        return itemIds.isEmpty()
                ? this
                : new Call(
                        id,
                        caller,
                        deadline,
                        options,
                        places.stream().map(itemIds::get).toList(),
                        lambda);
    }

    /**
     * The time after which no further item of a batch should be begun: when three quarters of the time that is left now
     * are over. The last quarter is for an item that was begun in time.
     */
    public Deadline itemDeadline() {
        return deadline.isFinite()
                ? Deadline.of(deadline.remaining().multipliedBy(3).dividedBy(4))
                : deadline;
    }

    /**
     * The options as the type that {@link Handler#optionsType()} names.
     *
     * @throws ClassCastException when the handler asks for another type than it declared
     */
    public <T> T options(Class<T> type) {
        return type.cast(options);
    }
}
