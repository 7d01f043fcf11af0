package dev.pglambda.program;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.management.MemoryUsage;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;

/**
 * Tells when a program is about to fill the heap. From then on a JVM collects garbage for many seconds before an allocation
 * fails, which may be that of another thread. Loaded by the first program that takes 100 ms: it costs some 40 ms.
 */
final class MemoryPressure {

    private static final double FULL = 0.8;
    private static final int LARGEST_BLOCK = 1 << 20;
    private static final int SMALLEST_BLOCK = 1 << 8;
    private static final Duration TIME_TO_FAIL = Duration.ofMillis(500);

    /** The old generation, where long-lived objects are. */
    private static final List<MemoryPoolMXBean> POOLS = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP
                    && pool.isUsageThresholdSupported()
                    && pool.isCollectionUsageThresholdSupported())
            .toList();

    private MemoryPressure() {}

    /** Whether the last garbage collection left hardly any room. */
    static boolean isHigh() {
        return POOLS.stream().anyMatch(pool -> {
            MemoryUsage left = pool.getCollectionUsage();
            return left.getMax() > 0 && left.getUsed() > FULL * left.getMax();
        });
    }

    /**
     * Allocates the rest of the heap until the program's next allocation has failed, and then frees it. Then there is
     * room to report what happened.
     */
    static void exhaust(Future<?> program) {
        Block taken = null;
        long end = System.nanoTime() + TIME_TO_FAIL.toNanos();
        for (int bytes = LARGEST_BLOCK; bytes >= SMALLEST_BLOCK; bytes /= 2) {
            try {
                while (!program.isDone() && System.nanoTime() - end < 0) {
                    taken = new Block(taken, new byte[bytes]);
                }
            } catch (OutOfMemoryError full) {
                // a smaller block may fit
            }
        }
        while (!program.isDone() && System.nanoTime() - end < 0 && taken != null) {
            Thread.onSpinWait();
        }
    }

    private record Block(Block others, byte[] bytes) {}
}
