package dev.pglambda.handler;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;

/**
 * Tells when the heap is full of what is in use. From there on the virtual machine collects garbage instead of working, often
 * for longer than a call may take, before it gives up. Thread-safe.
 */
public final class Heap {

    /** Of the heap, and of its old generation: below, there is room enough to finish. */
    private static final double FULL = 0.75;

    private Heap() {}

    /**
     * Goes on while there is room; {@link OutOfMemoryError} when the last collection found none. Costs some 100 ns, and a
     * microsecond while the heap is full, be it of garbage only.
     */
    static void check() {
        Runtime runtime = Runtime.getRuntime();
        if (runtime.totalMemory() - runtime.freeMemory() > FULL * runtime.maxMemory() && Pools.full()) {
            throw new OutOfMemoryError("the heap is full of what is in use");
        }
    }

    /** Collects what a call that ran out of memory has left behind, so that no other call is taken for it. */
    public static void clear() {
        System.gc();
    }

    /** In a class of its own, because the beans take some 50 ms to load and most processes never come to need them. */
    private static final class Pools {

        private static final MemoryPoolMXBean OLD = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isUsageThresholdSupported())
                .findFirst()
                .orElse(null);

        private Pools() {}

        static boolean full() {
            MemoryUsage left = OLD == null ? null : OLD.getCollectionUsage();
            return left != null && left.getMax() > 0 && left.getUsed() > FULL * left.getMax();
        }
    }
}
