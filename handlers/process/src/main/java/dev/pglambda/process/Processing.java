package dev.pglambda.process;

import dev.pglambda.database.Database;
import dev.pglambda.handler.Call;
import dev.pglambda.handler.Deadline;
import dev.pglambda.handler.HandlerException;
import dev.pglambda.handler.Outcome;
import dev.pglambda.handler.SqlState;
import io.micronaut.json.JsonMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Processes items: stores each exactly once per id. The same item again gets the first receipt; another content under
 * the same id is a conflict of that item alone. Thread-safe. Takes one transaction and two statements for any number of
 * items.
 */
@Singleton
class Processing {

    private final Database database;
    private final ItemRepository items;
    private final JsonMapper json;

    Processing(Database database, ItemRepository items, JsonMapper json) {
        // Running again after a lost connection is harmless: items that were stored are then duplicates.
        this.database = database.repeatable();
        this.items = items;
        this.json = json;
    }

    List<Outcome<Receipt>> of(List<ProcessItem> batch, Call call) {
        String rows = rows(batch, call);
        return database.inTransaction(call.deadline(), tx -> {
            Set<Long> fresh = new HashSet<>(items.storeNew(rows));
            return outcomes(batch, items.find(rows), fresh);
        });
    }

    /** Reads the secret and connects; stores nothing. */
    void warmUp(Deadline deadline) {
        database.warmUp(deadline);
    }

    private static List<Outcome<Receipt>> outcomes(List<ProcessItem> batch, List<StoredItem> stored, Set<Long> fresh) {
        List<Outcome<Receipt>> outcomes = new ArrayList<>(batch.size());
        for (StoredItem row : stored) {
            ProcessItem item = batch.get((int) row.position() - 1);
            // Of several items with the same new id, the first was stored and the others are duplicates.
            boolean duplicate = !fresh.remove(item.id());
            outcomes.add(row.same() ? receipt(item, row, duplicate) : conflict(item));
        }
        return outcomes;
    }

    private static Outcome<Receipt> receipt(ProcessItem item, StoredItem row, boolean duplicate) {
        return Outcome.success(Receipt.of(item, row.processedAt(), duplicate));
    }

    private static Outcome<Receipt> conflict(ProcessItem item) {
        return Outcome.failure(new HandlerException(
                SqlState.UNIQUE_VIOLATION,
                "item " + item.id() + " has been processed with another content",
                "Key (id)=(" + item.id() + ") already exists.",
                "Send the content that was sent first, or a new id."));
    }

    private String rows(List<ProcessItem> batch, Call call) {
        List<Map<String, Object>> rows = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            ProcessItem item = batch.get(i);
            rows.add(Map.of(
                    "id", item.id(),
                    "value", item.value(),
                    "attributes", item.attributes(),
                    "call_id", call.ofItem(i).id()));
        }
        try {
            return new String(json.writeValueAsBytes(rows), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
