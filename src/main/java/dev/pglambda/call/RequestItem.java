package dev.pglambda.call;

import dev.pglambda.handler.HandlerException;
import io.micronaut.json.tree.JsonNode;
import java.util.Optional;

/**
 * One item of a request as it was read.
 *
 * @param json the item; empty when it cannot be handled
 * @param refusal why it cannot; empty when it can
 */
public record RequestItem(Optional<JsonNode> json, Optional<HandlerException> refusal) {

    static RequestItem of(JsonNode json) {
        return new RequestItem(Optional.of(json), Optional.empty());
    }

    static RequestItem refused(HandlerException refusal) {
        return new RequestItem(Optional.empty(), Optional.of(refusal));
    }

    /** The item; throws the refusal when there is one. */
    public JsonNode orElseThrow() {
        refusal.ifPresent(e -> {
            throw e;
        });
        return json.orElseThrow();
    }
}
