package dev.pglambda.call;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.pglambda.handler.Caller;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.json.JsonText;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The request of the call contract, checked, its items not yet bound.
 *
 * @param isBatch whether the reply must be a list, even for one item
 * @param itemIds as many as items; empty when the caller gave none
 * @param action empty when the caller named none
 * @param options an object; empty when the caller sent none
 * @param timeout how long the caller waits, if it said so
 */
public record Request(
        boolean isBatch,
        List<RequestItem> items,
        List<String> itemIds,
        Optional<String> action,
        JsonNode options,
        Optional<String> id,
        Optional<Duration> timeout,
        Caller caller) {

    private static final String RIGHT_FORM =
            "The right form: {\"data\": …} for one item or {\"batch\": […, …]} for many, "
                    + "with \"options\": {…} where the function takes any.";

    private static final JsonNode NO_OPTIONS = JsonNode.createObjectNode(Map.of());

    /** Checks what was read; throws {@link HandlerException} 22023 with the mistake and the right form. */
    static Request of(RequestMembers read) {
        if (read.data().isPresent() && read.batch().isPresent()) {
            throw wrong("the request has both \"data\" and \"batch\"");
        }
        if (read.data().isEmpty() && read.batch().isEmpty()) {
            throw wrong("the request has neither \"data\" nor \"batch\"");
        }
        JsonNode options = read.other("options").orElse(NO_OPTIONS);
        if (!options.isObject()) {
            throw wrong("\"options\" is not an object, but " + JsonText.shown(options));
        }
        List<RequestItem> items =
                read.data().map(List::of).orElseGet(() -> read.batch().orElseThrow());
        return new Request(
                read.batch().isPresent(),
                items,
                itemIds(read, items.size()),
                text(read.other("action"), "action"),
                options,
                text(read.other("id"), "id"),
                timeout(read.other("timeoutMs")),
                read.other("caller").map(Request::caller).orElse(Caller.UNKNOWN));
    }

    /** The error for a text that is not JSON. */
    static HandlerException notJson(IOException e) {
        String place = "";
        String why = String.valueOf(e.getMessage());
        if (e instanceof JsonProcessingException mistake) {
            why = mistake.getOriginalMessage();
            place = mistake.getLocation() == null
                    ? ""
                    : " (line " + mistake.getLocation().getLineNr() + ", column "
                            + mistake.getLocation().getColumnNr() + ")";
        }
        return HandlerException.invalid("the request is not valid JSON", why + place, RIGHT_FORM)
                .causedBy(e);
    }

    static HandlerException wrong(String what) {
        return HandlerException.invalid(what, "", RIGHT_FORM);
    }

    /** Allowed beside "batch" only: a single item has the "id" of its call. */
    private static List<String> itemIds(RequestMembers read, int items) {
        Optional<JsonNode> ids = read.other("ids");
        if (ids.isEmpty()) {
            return List.of();
        }
        if (read.batch().isEmpty()) {
            throw wrong("the request has \"ids\", but no \"batch\"");
        }
        if (!ids.get().isArray()) {
            throw wrong("\"ids\" is not an array, but " + JsonText.shown(ids.get()));
        }
        if (ids.get().size() != items) {
            throw wrong("\"ids\" has " + ids.get().size() + " elements, and \"batch\" has " + items);
        }
        List<String> texts = new ArrayList<>(items);
        for (JsonNode id : ids.get().values()) {
            if (!id.isString()) {
                throw wrong("\"ids\" has an element that is not text, but " + JsonText.shown(id));
            }
            texts.add(id.getStringValue());
        }
        return texts;
    }

    private static Optional<String> text(Optional<JsonNode> node, String name) {
        if (node.isPresent() && !node.get().isString()) {
            throw wrong("\"" + name + "\" is not text, but " + JsonText.shown(node.get()));
        }
        return node.map(JsonNode::getStringValue);
    }

    private static Optional<Duration> timeout(Optional<JsonNode> node) {
        if (node.isEmpty()) {
            return Optional.empty();
        }
        boolean positive =
                node.get().isNumber() && node.get().getBigDecimalValue().signum() > 0;
        if (!positive) {
            throw wrong("\"timeoutMs\" is not a positive number of milliseconds, but " + JsonText.shown(node.get()));
        }
        // A longer time might not fit into a long, and Lambda ends every call after 15 minutes.
        double millis = Math.min(node.get().getDoubleValue(), Duration.ofDays(1).toMillis());
        return Optional.of(Duration.ofMillis((long) Math.ceil(millis)));
    }

    private static Caller caller(JsonNode node) {
        if (!node.isObject()) {
            throw wrong("\"caller\" is not an object, but " + JsonText.shown(node));
        }
        return new Caller(
                text(RequestMembers.given(node, "database"), "database").orElse(""),
                text(RequestMembers.given(node, "user"), "user").orElse(""),
                text(RequestMembers.given(node, "application"), "application").orElse(""));
    }
}
