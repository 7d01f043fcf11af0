package dev.pglambda.bundle;

import dev.pglambda.local.lambda.InvokeReply;
import io.micronaut.json.JsonMapper;
import io.micronaut.json.tree.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A function that gives back every item of a batch, or what a test makes of it, within Lambda's limits; remembers how many
 * items and bytes each request had.
 */
final class EchoingBatches implements Function<String, CompletableFuture<InvokeReply>> {

    static final int MAX_BYTES = 6_291_556;

    private static final JsonMapper JSON = JsonMapper.createDefault();

    private final Function<String, String> entry;
    private final List<Seen> requests = new ArrayList<>();

    /** One request that arrived, as far as tests ask. */
    record Seen(String id, List<String> items, int bytes, int replyBytes) {}

    /** Answers each item, given as JSON, with an entry of the results, as JSON. */
    EchoingBatches(Function<String, String> entry) {
        this.entry = entry;
    }

    EchoingBatches() {
        this(item -> "{\"result\":" + item + "}");
    }

    List<Seen> requests() {
        return requests;
    }

    List<Integer> sizes() {
        return requests.stream().map(seen -> seen.items().size()).toList();
    }

    List<String> ids() {
        return requests.stream().map(Seen::id).toList();
    }

    @Override
    public CompletableFuture<InvokeReply> apply(String request) {
        JsonNode json = parsed(request);
        List<String> items = new ArrayList<>();
        json.get("batch").values().forEach(item -> items.add(text(item)));
        String reply = items.stream().map(entry).collect(Collectors.joining(",", "{\"results\":[", "]}"));
        int replyBytes = bytes(reply);
        requests.add(new Seen(json.get("id").getStringValue(), items, bytes(request), replyBytes));
        if (replyBytes > MAX_BYTES) {
            return FakeLambda.failure(
                    "{\"errorType\":\"Function.ResponseSizeTooLarge\",\"errorMessage\":\"too large\"}");
        }
        return FakeLambda.reply(reply);
    }

    private static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    private static JsonNode parsed(String json) {
        try {
            return JSON.readValue(json, JsonNode.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(JsonNode json) {
        try {
            return new String(JSON.writeValueAsBytes(json), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
