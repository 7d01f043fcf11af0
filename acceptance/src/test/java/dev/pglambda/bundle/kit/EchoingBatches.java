package dev.pglambda.bundle.kit;

import dev.pglambda.local.lambda.api.InvokeReply;
import io.micronaut.json.tree.JsonNode;
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
public final class EchoingBatches implements Function<String, CompletableFuture<InvokeReply>> {

    public static final int MAX_BYTES = 6_291_556;

    private final Function<String, String> entry;

    private final List<Seen> requests = new ArrayList<>();

    /** One request that arrived, as far as tests ask. */
    public record Seen(String id, List<String> items, int bytes, int replyBytes) {}

    /** Answers each item, given as JSON, with an entry of the results, as JSON. */
    public EchoingBatches(Function<String, String> entry) {
        this.entry = entry;
    }

    public EchoingBatches() {
        this(item -> "{\"result\":" + item + "}");
    }

    public List<Seen> requests() {
        return requests;
    }

    public List<Integer> sizes() {
        return requests.stream().map(seen -> seen.items().size()).toList();
    }

    public List<String> ids() {
        return requests.stream().map(Seen::id).toList();
    }

    @Override
    public CompletableFuture<InvokeReply> apply(String request) {
        JsonNode json = RequestJson.parsed(request);
        List<String> items = new ArrayList<>();
        json.get("batch").values().forEach(item -> items.add(RequestJson.text(item)));
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
}
