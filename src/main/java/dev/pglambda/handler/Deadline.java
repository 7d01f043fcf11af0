package dev.pglambda.handler;

import java.time.Duration;
import java.util.Objects;

/**
 * The moment by which a call must be over, or none.
 *
 * <p>Immutable and thread-safe. Measured on the monotonic clock, so a corrected wall clock moves no deadline. It is
 * valid only in the process that made it: do not store or send it.
 */
public final class Deadline {

    private static final Duration LONG_ENOUGH = Duration.ofNanos(Long.MAX_VALUE / 2);
    private static final Duration FOR_THE_ANSWER = Duration.ofMillis(200);
    private static final Deadline NONE = new Deadline(0, false);

    private final long end;
    private final boolean finite;

    private Deadline(long end, boolean finite) {
        this.end = end;
        this.finite = finite;
    }

    /** The moment that is {@code left} from now; already expired when that is zero or negative. */
    public static Deadline of(Duration left) {
        Objects.requireNonNull(left);
        return left.compareTo(LONG_ENOUGH) >= 0 ? NONE : new Deadline(System.nanoTime() + nanos(left), true);
    }

    /** No deadline: never expires. */
    public static Deadline none() {
        return NONE;
    }

    /** The time that is left: zero after the deadline; some 146 years for {@link #none()}. */
    public Duration remaining() {
        return finite ? Duration.ofNanos(Math.max(0, end - System.nanoTime())) : LONG_ENOUGH;
    }

    public boolean isExpired() {
        return finite && end - System.nanoTime() <= 0;
    }

    /** False for {@link #none()} only. */
    public boolean isFinite() {
        return finite;
    }

    /**
     * An earlier deadline: by a tenth of the time that is left, at most 200 ms. For work that ends itself at the
     * deadline: its answer then arrives in time.
     */
    public Deadline early() {
        if (!finite) {
            return this;
        }
        Duration left = remaining();
        Duration tenth = left.dividedBy(10);
        return of(left.minus(tenth.compareTo(FOR_THE_ANSWER) < 0 ? tenth : FOR_THE_ANSWER));
    }

    /** This deadline, or the moment {@code left} from now if that comes first. */
    public Deadline atMost(Duration left) {
        return earlier(of(left));
    }

    /** The earlier of the two. */
    public Deadline earlier(Deadline other) {
        return !other.finite || finite && end - other.end <= 0 ? this : other;
    }

    private static long nanos(Duration left) {
        return left.isNegative() ? 0 : left.toNanos();
    }

    @Override
    public String toString() {
        return finite ? "Deadline[in " + remaining().toMillis() + " ms]" : "Deadline[none]";
    }
}
