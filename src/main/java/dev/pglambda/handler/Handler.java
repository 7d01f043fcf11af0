package dev.pglambda.handler;

import java.util.List;
import java.util.Optional;

/**
 * The code of a Lambda function that PostgreSQL calls: takes one typed item and returns one typed result. An
 * application has one bean of this type; the library finds it, binds and validates the items by its type arguments, and
 * writes the results.
 *
 * <p>A handler knows nothing of Lambda: it can be made with {@code new} and called in a unit test. Lambda calls it from one
 * thread at a time; the test harness may call it from several.
 *
 * @param <I> the item: a type for Micronaut Serde, or {@link io.micronaut.json.tree.JsonNode} for any JSON
 * @param <O> the result: a type for Micronaut Serde, or {@link Object} for several
 */
@FunctionalInterface
public interface Handler<I, O> {

    /**
     * Handles one item.
     *
     * @return the result, not null
     * @throws HandlerException for a failure that the caller can understand and act on. Any other exception is a bug.
     *     In a call with one item it fails the invocation: Lambda's error metric counts it, and SQL raises 38000
     */
    O handle(I item, Call call);

    /**
     * Handles the items of a batch. By default calls {@link #handle} for each item: a bug fails that item alone, with
     * 38000, and items whose turn comes after {@link Call#itemDeadline} are not begun and get 39000. Override it where
     * many items at once are faster.
     *
     * @param call has the ids of the items: see {@link Call#ofItem}
     * @return as many outcomes as items, in the same order
     */
    default List<Outcome<O>> handleAll(List<I> items, Call call) {
        return new ItemByItem<>(this, call).handle(items);
    }

    /**
     * Prepares for a SnapStart snapshot by as much of an item's work as leaves nothing behind: opens the connection,
     * loads classes, computes a result. By default does nothing and returns empty.
     *
     * @param example the {@code example} of function.json
     * @return a result that is written, so that the classes of its serialization are loaded too; the bytes are
     *     discarded
     */
    default Optional<O> rehearse(I example, Call call) {
        return Optional.empty();
    }

    /**
     * The type of the options, which {@link Call#options} returns. By default a handler takes no options. Called once.
     */
    default Class<?> optionsType() {
        return NoOptions.class;
    }
}
