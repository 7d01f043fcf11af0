package dev.pglambda.program;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * Keeps what was compiled from programs that callers send repeatedly: the most recently used ones, bounded in number
 * and in size. Thread-safe. Compiling happens outside the lock, so two threads may compile the same program once each.
 * A program that is larger than the bound is compiled at each call; failures are not kept.
 *
 * @param <K> the program, compared by content
 * @param <V> what it is compiled to
 */
public final class BoundedCache<K, V> {

    private final int most;
    private final long room;
    private final ToLongFunction<K> size;
    private final Map<K, V> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long taken;

    /**
     * An empty cache.
     *
     * @param most how many programs are kept
     * @param room the most that their sizes may add up to
     * @param size the size of a program, the same at each call
     */
    public BoundedCache(int most, long room, ToLongFunction<K> size) {
        this.most = most;
        this.room = room;
        this.size = size;
    }

    /** The compiled form of an equal program; compiles it if none is kept. */
    public V get(K program, Function<K, V> compile) {
        V value = find(program);
        if (value == null) {
            value = Objects.requireNonNull(compile.apply(program));
            keep(program, value);
        }
        return value;
    }

    /** How many programs are kept. */
    public synchronized int count() {
        return entries.size();
    }

    private synchronized V find(K program) {
        return entries.get(program);
    }

    private synchronized void keep(K program, V value) {
        if (size.applyAsLong(program) > room || entries.putIfAbsent(program, value) != null) {
            return;
        }
        taken += size.applyAsLong(program);
        Iterator<K> eldest = entries.keySet().iterator();
        while (entries.size() > most || taken > room) {
            taken -= size.applyAsLong(eldest.next());
            eldest.remove();
        }
    }
}
