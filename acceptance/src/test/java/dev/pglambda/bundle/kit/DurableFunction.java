package dev.pglambda.bundle.kit;

import dev.pglambda.local.lambda.api.InvokeReply;
import io.micronaut.json.tree.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A function that takes single items and batches and does for each item what the item says: {@code "crash"} ends the
 * whole call, {@code "loop"} is a program that does not end, {@code {"sqlstate": …}} is that error, anything else comes
 * back. Remembers every call.
 */
public final class DurableFunction implements Function<String, CompletableFuture<InvokeReply>> {

    private final List<Seen> calls = new CopyOnWriteArrayList<>();

    /** One call; {@code itemIds} is what each item was sent under, whether alone or in a batch. */
    public record Seen(String action, boolean isBatch, List<String> items, List<String> itemIds, String options) {}

    /** Makes the function that answers from now on. */
    public static DurableFunction on(FakeLambda lambda) {
        DurableFunction function = new DurableFunction();
        lambda.does(function);
        return function;
    }

    public List<Seen> calls() {
        return calls;
    }

    public List<Integer> sizes() {
        return calls.stream().map(call -> call.items().size()).toList();
    }

    public List<String> items() {
        return calls.stream().flatMap(call -> call.items().stream()).toList();
    }

    @Override
    public CompletableFuture<InvokeReply> apply(String request) {
        JsonNode json = RequestJson.parsed(request);
        boolean isBatch = json.get("batch") != null;
        List<String> items = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        if (isBatch) {
            json.get("batch").values().forEach(item -> items.add(RequestJson.text(item)));
            json.get("ids").values().forEach(id -> ids.add(id.getStringValue()));
        } else {
            items.add(RequestJson.text(json.get("data")));
            ids.add(json.get("id").getStringValue());
        }
        JsonNode options = json.get("options");
        calls.add(new Seen(
                json.get("action").getStringValue(),
                isBatch,
                items,
                ids,
                options == null ? null : RequestJson.text(options)));
        if (items.contains("\"crash\"")) {
            return FakeLambda.failure("{\"errorType\":\"Runtime.ExitError\",\"errorMessage\":\"Runtime exited\"}");
        }
        if (items.contains("\"loop\"")) {
            return FakeLambda.failure("{\"errorType\":\"dev.pglambda.program.ProgramLimitError\",\"errorMessage\":"
                    + "\"the expression did not end within 9 ms\"}");
        }
        if (!isBatch) {
            return FakeLambda.reply(entry(items.get(0)));
        }
        return FakeLambda.reply(
                items.stream().map(DurableFunction::entry).collect(Collectors.joining(",", "{\"results\":[", "]}")));
    }

    private static String entry(String item) {
        return item.startsWith("{\"sqlstate\"")
                ? "{\"error\":" + item.replaceFirst("}$", ",\"message\":\"no\"}") + "}"
                : "{\"result\":" + item + "}";
    }
}
