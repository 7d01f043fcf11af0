package dev.pglambda.handler;

import io.micronaut.json.tree.JsonNode;

/**
 * Binds JSON to a type as the library binds items: a wrong type is refused, never converted. For handlers of {@link
 * JsonNode} that take items of several types. A bean; thread-safe. The first use of a type costs some milliseconds.
 */
public interface Items {

    /**
     * The bound and validated item.
     *
     * @throws HandlerException 22023 that lists every violation
     */
    <T> T bind(JsonNode item, Class<T> type);
}
