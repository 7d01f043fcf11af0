package dev.pglambda.call;

import com.fasterxml.jackson.core.JsonToken;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.SqlState;
import dev.pglambda.json.JsonReader;
import dev.pglambda.json.JsonText;
import dev.pglambda.json.UnfitJsonException;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The members of a request, read one by one, so that an item that cannot be handled fails no other item. Used once. */
public final class RequestMembers {

    private static final Set<String> OTHERS =
            Set.of("ids", "action", "options", "id", "timeoutMs", "caller", "throwErrors");

    private final Map<String, JsonNode> others = new HashMap<>();
    private RequestItem data;
    private List<RequestItem> batch;
    private HandlerException mistake;

    private RequestMembers() {}

    /** Reads a request; {@link HandlerException} 22023 when it is not a JSON object. */
    public static RequestMembers read(Payload request) {
        RequestMembers members = new RequestMembers();
        try (JsonReader json = new JsonReader(request.json())) {
            members.readAll(json);
        } catch (IOException e) {
            throw Request.notJson(e);
        }
        return members;
    }

    /** Whether errors must be thrown, so that Lambda tries an asynchronous invocation again. */
    public boolean throwErrors() {
        return other("throwErrors")
                .filter(JsonNode::isBoolean)
                .map(JsonNode::getBooleanValue)
                .orElse(false);
    }

    /** The request; throws {@link HandlerException} 22023 with the mistake and the right form. */
    public Request request() {
        if (mistake != null) {
            throw mistake;
        }
        other("throwErrors").filter(flag -> !flag.isBoolean()).ifPresent(flag -> {
            throw Request.wrong("\"throwErrors\" is not true or false, but " + JsonText.shown(flag));
        });
        return Request.of(this);
    }

    Optional<RequestItem> data() {
        return Optional.ofNullable(data);
    }

    Optional<List<RequestItem>> batch() {
        return Optional.ofNullable(batch);
    }

    /** JSON null is the same as absent for all but the item itself. */
    Optional<JsonNode> other(String name) {
        return Optional.ofNullable(others.get(name)).filter(node -> !node.isNull());
    }

    static Optional<JsonNode> given(JsonNode object, String name) {
        return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
    }

    private void readAll(JsonReader json) throws IOException {
        JsonToken first = json.next();
        if (first == null) {
            throw Request.wrong("the request is empty");
        }
        if (first != JsonToken.START_OBJECT) {
            mistake = Request.wrong("the request is not an object, but " + JsonText.shown(value(json)));
        } else {
            while (json.next() != JsonToken.END_OBJECT) {
                member(json);
            }
        }
        if (json.next() != null) {
            throw Request.wrong("the request is more than one JSON value");
        }
    }

    private void member(JsonReader json) throws IOException {
        String name = json.name();
        JsonToken start = json.next();
        if (name.equals("data")) {
            data = item(json);
        } else if (name.equals("batch") && start == JsonToken.START_ARRAY) {
            batch = items(json);
        } else if (name.equals("batch") && start != JsonToken.VALUE_NULL) {
            mistake = Request.wrong("\"batch\" is not an array, but " + JsonText.shown(value(json)));
        } else if (OTHERS.contains(name)) {
            others.put(name, value(json));
        } else {
            json.skip();
        }
    }

    private static List<RequestItem> items(JsonReader json) throws IOException {
        List<RequestItem> items = new ArrayList<>();
        while (json.next() != JsonToken.END_ARRAY) {
            items.add(item(json));
        }
        return items;
    }

    private static RequestItem item(JsonReader json) throws IOException {
        try {
            return RequestItem.of(json.value());
        } catch (UnfitJsonException e) {
            return RequestItem.refused(new HandlerException(
                    e.isOverLimit() ? SqlState.PROGRAM_LIMIT_EXCEEDED : SqlState.INVALID_PARAMETER_VALUE,
                    "the item " + e.getMessage()));
        }
    }

    /** A member that is not an item. One that cannot be handled is a mistake of the request. */
    private JsonNode value(JsonReader json) throws IOException {
        try {
            return json.value();
        } catch (UnfitJsonException e) {
            mistake = Request.wrong("a member of the request " + e.getMessage());
            return JsonNode.nullNode();
        }
    }
}
