package dev.pglambda.handler;

import java.time.Duration;
import java.util.Objects;

/**
 * The moment after which nobody waits for an answer any more.
 *
 * <p>Immutable and thread-safe. Measured on the monotonic clock, so a changed wall clock moves no deadline; for the same
 * reason it means nothing in another process and is never sent anywhere.
 */
public final class Deadline {

    private static final Deadline NONE = new Deadline(0, true);

    private final long endNanos;
    private final boolean unlimited;

    private Deadline(long endNanos, boolean unlimited) {
        this.endNanos = endNanos;
        this.unlimited = unlimited;
    }

    /** A deadline that never passes. */
    public static Deadline none() {
        return NONE;
    }

    /** The deadline that passes so long from now; zero or a negative duration gives one that has passed. */
    public static Deadline of(Duration fromNow) {
        Objects.requireNonNull(fromNow);
        // Long.MAX_VALUE / 2: further away than any process lives, and safe from overflow of nanoTime arithmetic.
        if (fromNow.compareTo(Duration.ofNanos(Long.MAX_VALUE / 2)) >= 0) {
            return NONE;
        }
        return new Deadline(System.nanoTime() + Math.max(0, fromNow.toNanos()), false);
    }

    /** Whether it never passes. */
    public boolean isUnlimited() {
        return unlimited;
    }

    /** Whether the moment has come. */
    public boolean isExpired() {
        return !unlimited && endNanos - System.nanoTime() <= 0;
    }

    /** The time left: zero once expired, {@code Duration.ofSeconds(Long.MAX_VALUE)} when unlimited. */
    public Duration remaining() {
        if (unlimited) {
            return Duration.ofSeconds(Long.MAX_VALUE);
        }
        return Duration.ofNanos(Math.max(0, endNanos - System.nanoTime()));
    }

    /** Whichever of the two passes first. */
    public Deadline earlier(Deadline other) {
        if (unlimited) {
            return other;
        }
        if (other.unlimited) {
            return this;
        }
        return endNanos - other.endNanos <= 0 ? this : other;
    }

    @Override
    public String toString() {
        return unlimited ? "Deadline[none]" : "Deadline[in " + remaining().toMillis() + " ms]";
    }
}
