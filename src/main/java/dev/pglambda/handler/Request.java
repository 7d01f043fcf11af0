package dev.pglambda.handler;

import io.micronaut.json.tree.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The request of the call contract, checked, its items not yet bound.
 *
 * @param isBatch whether the reply must be a list, even for one item
 * @param itemIds as many as items, or none when the caller gave none
 * @param action empty when the caller did not say
 * @param options an object; empty when the caller sent none
 * @param timeout how long the caller waits, if it said so
 */
record Request(
        boolean isBatch,
        List<JsonNode> items,
        List<String> itemIds,
        Optional<String> action,
        JsonNode options,
        Optional<String> id,
        Optional<Duration> timeout,
        Caller caller,
        boolean throwErrors) {

    private static final JsonNode NO_OPTIONS = JsonNode.createObjectNode(Map.of());

    /** Reads the request, or raises 22023 with what is wrong and what the right form is. */
    static Request of(JsonNode json) {
        if (!json.isObject()) {
            throw wrong("the request is not an object, but " + Shape.shown(json));
        }
        Optional<JsonNode> data = Optional.ofNullable(json.get("data"));
        Optional<JsonNode> batch = member(json, "batch");
        if (data.isPresent() && batch.isPresent()) {
            throw wrong("the request has both \"data\" and \"batch\"");
        }
        if (data.isEmpty() && batch.isEmpty()) {
            throw wrong("the request has neither \"data\" nor \"batch\"");
        }
        if (batch.isPresent() && !batch.get().isArray()) {
            throw wrong("\"batch\" is not an array, but " + Shape.shown(batch.get()));
        }
        JsonNode options = member(json, "options").orElse(NO_OPTIONS);
        if (!options.isObject()) {
            throw wrong("\"options\" is not an object, but " + Shape.shown(options));
        }
        List<JsonNode> items = data.map(List::of).orElseGet(() -> elements(batch.orElseThrow()));
        return new Request(
                batch.isPresent(),
                items,
                itemIds(json, batch.isPresent(), items.size()),
                text(json, "action"),
                options,
                text(json, "id"),
                timeout(json),
                caller(json),
                flag(json, "throwErrors"));
    }

    /** Beside "batch" only: one item has the "id" of its call. */
    private static List<String> itemIds(JsonNode json, boolean isBatch, int items) {
        Optional<JsonNode> ids = member(json, "ids");
        if (ids.isEmpty()) {
            return List.of();
        }
        if (!isBatch) {
            throw wrong("the request has \"ids\", but no \"batch\"");
        }
        if (!ids.get().isArray()) {
            throw wrong("\"ids\" is not an array, but " + Shape.shown(ids.get()));
        }
        if (ids.get().size() != items) {
            throw wrong("\"ids\" has " + ids.get().size() + " elements, and \"batch\" has " + items);
        }
        return elements(ids.get()).stream().map(Request::itemId).toList();
    }

    private static String itemId(JsonNode id) {
        if (!id.isString()) {
            throw wrong("\"ids\" has an element that is not text, but " + Shape.shown(id));
        }
        return id.getStringValue();
    }

    private static List<JsonNode> elements(JsonNode array) {
        List<JsonNode> elements = new ArrayList<>(array.size());
        array.values().forEach(elements::add);
        return elements;
    }

    /** JSON null is the same as absent for all but the item itself. */
    private static Optional<JsonNode> member(JsonNode object, String name) {
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    private static Optional<String> text(JsonNode object, String name) {
        Optional<JsonNode> node = member(object, name);
        if (node.isPresent() && !node.get().isString()) {
            throw wrong("\"" + name + "\" is not text, but " + Shape.shown(node.get()));
        }
        return node.map(JsonNode::getStringValue);
    }

    private static boolean flag(JsonNode object, String name) {
        Optional<JsonNode> node = member(object, name);
        if (node.isPresent() && !node.get().isBoolean()) {
            throw wrong("\"" + name + "\" is not true or false, but " + Shape.shown(node.get()));
        }
        return node.map(JsonNode::getBooleanValue).orElse(false);
    }

    private static Optional<Duration> timeout(JsonNode json) {
        Optional<JsonNode> node = member(json, "timeoutMs");
        if (node.isEmpty()) {
            return Optional.empty();
        }
        boolean positive =
                node.get().isNumber() && node.get().getBigDecimalValue().signum() > 0;
        if (!positive) {
            throw wrong("\"timeoutMs\" is not a positive number of milliseconds, but " + Shape.shown(node.get()));
        }
        // Lambda ends every call after 15 minutes, so nothing is lost by cutting off what no long can hold.
        double millis = Math.min(node.get().getDoubleValue(), Duration.ofDays(1).toMillis());
        return Optional.of(Duration.ofMillis((long) Math.ceil(millis)));
    }

    private static Caller caller(JsonNode json) {
        Optional<JsonNode> node = member(json, "caller");
        if (node.isEmpty()) {
            return Caller.UNKNOWN;
        }
        if (!node.get().isObject()) {
            throw wrong("\"caller\" is not an object, but " + Shape.shown(node.get()));
        }
        return new Caller(
                text(node.get(), "database").orElse(""),
                text(node.get(), "user").orElse(""),
                text(node.get(), "application").orElse(""));
    }

    private static HandlerException wrong(String what) {
        return HandlerException.invalid(what, "", DatabaseHandler.RIGHT_FORM);
    }
}
