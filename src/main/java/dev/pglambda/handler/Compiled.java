package dev.pglambda.handler;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * What a handler made of texts that its callers send again and again, such as schemas and expressions: the most recently
 * used ones, bounded in number and in size.
 *
 * <p>Thread-safe. Making happens outside of the lock, so two threads may make the same once each; a text that is larger
 * than the whole room is made anew each time. Failures are not kept.
 *
 * @param <K> the source, compared by content
 * @param <V> what is made of it
 */
public final class Compiled<K, V> {

    private final int most;
    private final long room;
    private final ToLongFunction<K> measure;
    private final Map<K, Entry<V>> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long taken;

    private volatile Latest<K, V> latest;

    /**
     * Room for some sources.
     *
     * @param most how many
     * @param room how large they may be together
     * @param measure how large one is
     */
    public Compiled(int most, long room, ToLongFunction<K> measure) {
        this.most = most;
        this.room = room;
        this.measure = measure;
    }

    /** What was made of an equal source, or what is made now. */
    public V get(K source, Function<K, V> make) {
        Latest<K, V> last = latest;
        // The items of a batch share one source, and comparing it would take longer than many an item does.
        if (last != null && last.source == source) {
            return last.value;
        }
        V value = find(source);
        if (value == null) {
            value = Objects.requireNonNull(make.apply(source));
            keep(source, value, measure.applyAsLong(source));
        }
        latest = new Latest<>(source, value);
        return value;
    }

    /** Forgets the source: it has become worthless. */
    public synchronized void forget(K source) {
        latest = null;
        Entry<V> entry = entries.remove(source);
        taken -= entry == null ? 0 : entry.size;
    }

    /** How many are kept. */
    public synchronized int count() {
        return entries.size();
    }

    private synchronized V find(K source) {
        Entry<V> entry = entries.get(source);
        return entry == null ? null : entry.value;
    }

    private synchronized void keep(K source, V value, long size) {
        if (size > room) {
            return;
        }
        Entry<V> before = entries.put(source, new Entry<>(value, size));
        taken += size - (before == null ? 0 : before.size);
        Iterator<Entry<V>> eldest = entries.values().iterator();
        while (entries.size() > most || taken > room) {
            taken -= eldest.next().size;
            eldest.remove();
        }
    }

    private record Entry<V>(V value, long size) {}

    private record Latest<K, V>(K source, V value) {}
}
